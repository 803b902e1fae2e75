package io.github.connectionguard.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.connectionguard.advice.Advice;
import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.unit.Deadline;
import io.github.connectionguard.unit.Leftovers;
import io.github.connectionguard.unit.UnitAttributes;
import io.github.connectionguard.unit.UnitOfWork;
import io.github.connectionguard.unit.Units;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.transaction.TransactionDefinition;

/**
 * Begins the sessions of an application, in the mode that suits its transaction manager.
 * Thread-safe.
 */
public final class Sessions implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(Sessions.class);

	private final SessionSettings settings;

	private final GuardedPools pools;

	private final Supplier<SessionBeans> beans;

	private final RollbackPolicy policy;

	private final Leftovers leftovers;

	private volatile @Nullable Units units;

	private volatile SessionMode mode = SessionMode.OFF;

	/**
	 * Create the sessions of an application.
	 * @param settings what the user may set
	 * @param pools the guarded pools
	 * @param beans what sessions find in the application; asked for once
	 * @param policy whether to roll back
	 */
	public Sessions(SessionSettings settings, GuardedPools pools, Supplier<SessionBeans> beans, RollbackPolicy policy) {
		this.settings = settings;
		this.pools = pools;
		this.beans = beans;
		this.policy = policy;
		this.leftovers = new Leftovers(pools, settings.reclaimLeaks() && !settings.reportOnly());
	}

	/**
	 * Decide on the mode, now that all beans are there.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		units();
	}

	/**
	 * Begin the session of a request on the current thread. Borrows nothing.
	 * @return the session, or {@code null} if sessions are off
	 */
	public @Nullable RequestSession begin() {
		Session session = open();
		return (session != null) ? new RequestSession(session) : null;
	}

	/**
	 * Watch what the current thread borrows, without a session.
	 * @return tells of what the thread has not given back, and leaves it in use
	 */
	public Runnable watchForLeaks() {
		long since = Lease.borrowsOfThread();
		boolean kept = Leftovers.isEntityManagerBound();
		return () -> {
			if (!kept && Lease.mayBeHeldByThread(since)) {
				this.leftovers.sweep(since, () -> true);
			}
		};
	}

	/**
	 * Begin a session on the current thread.
	 * @return the session, or {@code null} if sessions are off
	 */
	@Nullable Session open() {
		units();
		return (this.mode != SessionMode.OFF) ? Session.begin(this) : null;
	}

	UnitOfWork beginUnit(UnitAttributes attributes) {
		return units().begin(attributes);
	}

	@Nullable Deadline newDeadline(TransactionDefinition attributes) {
		int seconds = attributes.getTimeout();
		if (seconds != TransactionDefinition.TIMEOUT_DEFAULT) {
			return Deadline.in(Duration.ofSeconds(seconds), System::nanoTime);
		}
		Duration timeout = this.settings.timeout();
		return (timeout != null) ? Deadline.in(timeout, System::nanoTime) : null;
	}

	RollbackPolicy policy() {
		return this.policy;
	}

	Leftovers leftovers() {
		return this.leftovers;
	}

	/**
	 * Tell whether the thread is in the middle of reading a result.
	 */
	boolean isReading(long since) {
		for (GuardedPool pool : this.pools.pools()) {
			for (Lease lease : pool.leases().heldByThread(since)) {
				if (lease.connection().wire().hasOpenResult()) {
					return true;
				}
			}
		}
		return false;
	}

	void tellFailedRollback(RuntimeException exception) {
		logger.debug("A session's work could not be rolled back; its connection is gone", exception);
	}

	private Units units() {
		Units current = this.units;
		return (current != null) ? current : decide();
	}

	private Units decide() {
		SessionBeans found = this.beans.get();
		SessionSource first = SessionSource.of(found.transactionManager(), this.pools);
		SessionDecision decision = SessionDecision.of(this.settings.mode(), !this.pools.pools().isEmpty(), first.kind(),
				first.origin().doubt());
		SessionsTold told = new SessionsTold(first.pool(), decision, this.settings.reportOnly());
		List<Units> all = (decision.mode() != SessionMode.OFF) ? unitsOnOthers(found, first, decision.mode(), told)
				: new ArrayList<>();
		if (!found.reactive()) {
			told.tell(this.pools);
		}
		if (decision.mode() == SessionMode.TRANSACTION) {
			advise(first, first.isBorrowedAtBegin(), Advice.CONNECTION_FETCH);
			advise(first, found.openInView(), Advice.OPEN_IN_VIEW);
		}
		all.add(first.unitsIn(decision.mode()));
		all.removeIf(Units.NONE::equals);
		Units decided = this.settings.reportOnly() ? Units.NONE : Units.inOrder(List.copyOf(all));
		this.mode = this.settings.reportOnly() ? SessionMode.OFF : decision.mode();
		this.units = decided;
		return decided;
	}

	private static void advise(SessionSource first, boolean needed, Advice advice) {
		GuardedPool pool = first.pool();
		if (needed && pool != null) {
			pool.start().advise(List.of(advice.with()));
		}
		else if (needed) {
			logger.info(advice.with());
		}
	}

	private List<Units> unitsOnOthers(SessionBeans found, SessionSource first, SessionMode mode, SessionsTold told) {
		List<Units> units = new ArrayList<>();
		found.dataSources().forEach((name, dataSource) -> {
			SessionSource source = SessionSource.of(dataSource, found.transactionManagers().get(), this.pools);
			if (source.pool() == null || source.pool() != first.pool()) {
				SessionDecision decision = SessionDecision.another(this.settings.mode(), mode, source.kind(),
						source.origin().doubt());
				told.add(source.pool(), name, decision);
				units.add(source.otherUnitsIn(decision.mode()));
			}
		});
		return units;
	}

}
