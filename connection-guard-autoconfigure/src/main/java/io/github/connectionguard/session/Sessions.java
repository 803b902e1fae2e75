package io.github.connectionguard.session;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.session.SessionDecision.Manager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/**
 * Begins the sessions of an application, in the mode that suits its transaction manager.
 * Thread-safe.
 */
public final class Sessions implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(Sessions.class);

	private final SessionMode requested;

	private final GuardedPools pools;

	private final Supplier<@Nullable PlatformTransactionManager> transactionManager;

	private final RollbackPolicy policy;

	private final @Nullable Duration timeout;

	private final Leftovers leftovers;

	private volatile @Nullable Units units;

	private volatile SessionMode mode = SessionMode.OFF;

	/**
	 * Create the sessions of an application.
	 * @param requested the mode the user asks for
	 * @param reclaimLeaks whether connections that were not given back are taken out of
	 * the pool
	 * @param pools the guarded pools
	 * @param transactionManager the application's transaction manager, {@code null} if
	 * there is no single one; asked for once
	 * @param policy whether to roll back
	 * @param timeout how long a session may run statements, {@code null} for as long as
	 * it likes
	 */
	public Sessions(SessionMode requested, boolean reclaimLeaks, GuardedPools pools,
			Supplier<@Nullable PlatformTransactionManager> transactionManager, RollbackPolicy policy,
			@Nullable Duration timeout) {
		this.requested = requested;
		this.pools = pools;
		this.transactionManager = transactionManager;
		this.policy = policy;
		this.timeout = timeout;
		this.leftovers = new Leftovers(pools, reclaimLeaks);
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
			return Deadline.in(Duration.ofSeconds(seconds));
		}
		return (this.timeout != null) ? Deadline.in(this.timeout) : null;
	}

	RollbackPolicy policy() {
		return this.policy;
	}

	Leftovers leftovers() {
		return this.leftovers;
	}

	boolean isStreaming(long since) {
		for (GuardedPool pool : this.pools.pools()) {
			for (PhysicalConnection connection : pool.heldBy(Thread.currentThread(), since)) {
				if (connection.wire().isStreaming()) {
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
		PlatformTransactionManager manager = this.transactionManager.get();
		GuardedPool pool = poolOf(manager);
		SessionDecision decision = SessionDecision.of(this.requested, !this.pools.pools().isEmpty(),
				kindOf(manager, pool));
		Units decided = units(decision.mode(), manager, pool);
		this.mode = decision.mode();
		this.units = decided;
		logger.info("Sessions run in mode '{}', because {}", decision.mode().name().toLowerCase(Locale.ROOT),
				decision.reason());
		return decided;
	}

	private static Units units(SessionMode mode, @Nullable PlatformTransactionManager manager,
			@Nullable GuardedPool pool) {
		DataSource dataSource = dataSourceOf(manager);
		if (mode == SessionMode.UNIT && dataSource != null) {
			return (attributes) -> BoundConnectionUnit.begin(dataSource, attributes);
		}
		if (mode == SessionMode.TRANSACTION && manager != null) {
			return (dataSource != null && pool != null) ? lazyTransactions(dataSource, pool)
					: (attributes) -> TransactionUnit.begin(manager, attributes);
		}
		return (attributes) -> UnitOfWork.NONE;
	}

	private static Units lazyTransactions(DataSource dataSource, GuardedPool pool) {
		PlatformTransactionManager manager = new JdbcTransactionManager(
				new LazyConnections(dataSource, pool.isAutoCommit()));
		return (attributes) -> TransactionUnit.beginLazily(manager, dataSource, attributes);
	}

	private static Manager kindOf(@Nullable PlatformTransactionManager manager, @Nullable GuardedPool pool) {
		if (manager == null) {
			return Manager.NONE;
		}
		if (dataSourceOf(manager) == null) {
			return Manager.OTHER;
		}
		return (pool != null) ? Manager.JDBC : Manager.JDBC_ELSEWHERE;
	}

	private @Nullable GuardedPool poolOf(@Nullable PlatformTransactionManager manager) {
		DataSource dataSource = dataSourceOf(manager);
		return (dataSource != null) ? this.pools.find(dataSource) : null;
	}

	/**
	 * Return the data source of a manager that is exactly one of Spring's own for JDBC.
	 */
	private static @Nullable DataSource dataSourceOf(@Nullable PlatformTransactionManager manager) {
		return (manager instanceof DataSourceTransactionManager jdbc
				&& (manager.getClass() == JdbcTransactionManager.class
						|| manager.getClass() == DataSourceTransactionManager.class)) ? jdbc.getDataSource() : null;
	}

	/**
	 * How units begin in the mode decided on.
	 */
	@FunctionalInterface
	private interface Units {

		UnitOfWork begin(UnitAttributes attributes);

	}

}
