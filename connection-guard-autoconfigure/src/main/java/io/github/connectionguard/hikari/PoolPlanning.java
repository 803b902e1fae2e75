package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.advice.StartReport;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.event.PoolEvents;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.IdleEvidence;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.NetworkLimit;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.lifetime.WellKnownLimit;
import io.github.connectionguard.mysql.MySqlUrl;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.report.SettingsReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the timers of one pool are planned by: the limits its sessions tell, those the
 * user knows of, and those its connections had to learn. Thread-safe.
 */
final class PoolPlanning {

	private static final Logger logger = LoggerFactory.getLogger(PoolPlanning.class);

	/**
	 * The shortest time after which a learned limit is tried again; then it is twice as
	 * long each time.
	 */
	private static final Duration FIRST_TRIAL = Duration.ofMinutes(1);

	private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

	private final HikariDataSource dataSource;

	private final PoolEvents events;

	private final StartReport start;

	private final @Nullable NetworkLimit configured;

	private final boolean keptAlive;

	private final boolean reportOnly;

	private final HikariTimers timers;

	private final IdleEvidence evidence = new IdleEvidence();

	private final Queue<Drop> drops = new ConcurrentLinkedQueue<>();

	private volatile @Nullable NetworkLimit network;

	private volatile @Nullable ServerSessionFacts facts;

	private volatile @Nullable LifetimePlan plan;

	private volatile boolean toldUnreadable;

	private volatile boolean outlived;

	private Duration pause = Duration.ZERO;

	private long nextTrial;

	PoolPlanning(HikariDataSource dataSource, PoolSettings settings, PoolEvents events, StartReport start) {
		this.dataSource = dataSource;
		this.events = events;
		this.start = start;
		this.timers = new HikariTimers(dataSource);
		this.configured = settings.network();
		this.keptAlive = settings.keptAlive();
		this.reportOnly = settings.reportOnly();
		this.network = settings.network();
	}

	HikariTimers timers() {
		return this.timers;
	}

	/**
	 * Return what the user asked for, and what the pool keeps to.
	 */
	SettingsReport settings() {
		NetworkLimit known = this.configured;
		return new SettingsReport(this.timers.requested(), this.timers.effective(),
				(known != null) ? known.idleTimeout() : null);
	}

	@Nullable ServerSessionFacts facts() {
		return this.facts;
	}

	@Nullable LifetimePlan plan() {
		return this.plan;
	}

	/**
	 * Plan by what a connection's session said.
	 */
	synchronized void ready(PhysicalConnection connection, ServerSessionFacts read) {
		this.facts = read;
		connection.replan(plan(read.limits(), read.version()));
	}

	/**
	 * Plan without the word of a connection's session, if anything is known to plan by.
	 */
	synchronized void unreadable(PhysicalConnection connection, Exception exception) {
		tellUnreadable(exception);
		NetworkLimit known = this.network;
		if (known != null) {
			connection.replan(plan(new ServerLimits(known.idleTimeout(), known.source()), null));
		}
		else if (this.plan == null) {
			tellUnknown();
		}
	}

	private void tellUnreadable(Exception exception) {
		if (!this.toldUnreadable) {
			this.toldUnreadable = true;
			logger.warn(
					"{} - wait_timeout could not be read ({}); max-lifetime and keepalive-time stay as they "
							+ "are, unless connection-guard.network-idle-timeout says what is allowed.",
					this.dataSource.getPoolName(), exception.getMessage());
		}
	}

	private void tellUnknown() {
		PoolTimers kept = this.timers.effective();
		this.start.limits("no limit is known; max-lifetime %s and keepalive-time %s stay as they are"
			.formatted(Durations.text(kept.maxLifetime()), Durations.text(kept.keepalive())));
	}

	/**
	 * Tell whether a report is still to be made.
	 */
	boolean isToBeReported() {
		return this.facts == null && !this.toldUnreadable;
	}

	void reportAnew() {
		this.facts = null;
	}

	/**
	 * Tell what would be planned by what a session said that was set up as those of the
	 * pool are, and set nothing.
	 */
	synchronized void report(ServerSessionFacts read) {
		PoolTimers requested = this.timers.requested();
		LifetimePlan wanted = LifetimePlan.of(read.limits(), this.configured, requested, this.keptAlive);
		LifetimePlan before = this.plan;
		LifetimePlan planned = wanted.keptTo(this.timers.effective());
		this.facts = read.ofAnotherSession();
		this.plan = planned;
		if (!planned.equals(before)) {
			tell(read.version(), wanted, requested);
			tell(planned);
		}
	}

	/**
	 * Tell that nothing could be found out.
	 */
	synchronized void unreported(Exception exception) {
		tellUnreadable(exception);
		tellUnknown();
	}

	private LifetimePlan plan(ServerLimits limits, @Nullable String version) {
		LifetimePlan before = this.plan;
		PoolTimers requested = this.timers.requested();
		LifetimePlan planned = keepTo(limits, requested);
		if (!planned.equals(before)) {
			tell(version, planned, requested);
		}
		return planned;
	}

	private LifetimePlan keepTo(ServerLimits limits, PoolTimers requested) {
		LifetimePlan before = this.plan;
		LifetimePlan wanted = LifetimePlan.of(limits, networkToKeep(), requested, this.keptAlive);
		LifetimePlan planned = (before != null && before.equals(wanted)) ? before : wanted;
		this.timers.set(planned.poolTimers());
		this.plan = planned;
		if (!planned.equals(before)) {
			tell(planned);
		}
		return planned;
	}

	/**
	 * A learned limit is tried again only while connections are kept alive. Without that,
	 * none is replaced for the sake of a guess that nobody would ever correct.
	 */
	private @Nullable NetworkLimit networkToKeep() {
		return this.keptAlive ? this.network : this.configured;
	}

	private void tell(LifetimePlan planned) {
		this.events.publish((pool, at) -> new GuardEvent.LimitsChanged(pool, at, planned.limit(), planned.maxLifetime(),
				planned.keepalive()));
	}

	private void tell(@Nullable String version, LifetimePlan planned, PoolTimers requested) {
		String limit = "%s (%s%s) is %s".formatted(planned.source().description(),
				(version != null) ? version + " at " : "", hosts(), Durations.text(planned.limit()));
		String line = limit + "; " + describe(requested, planned.poolTimers(), this.reportOnly);
		if (!this.start.limits(line)) {
			logger.info("{} - {}", this.dataSource.getPoolName(), line);
		}
	}

	private static String describe(PoolTimers requested, PoolTimers wanted, boolean reportOnly) {
		if (wanted.equals(requested)) {
			return "nothing has to change: max-lifetime %s, keepalive-time %s"
				.formatted(Durations.text(wanted.maxLifetime()), Durations.text(wanted.keepalive()));
		}
		return "%s%s, so that no connection is idle for as long".formatted(reportOnly ? "the guard would set " : "",
				wanted.changeFrom(requested));
	}

	/**
	 * Note that a connection answered after it had been quiet.
	 */
	void survived(Duration idle) {
		this.evidence.survived(idle);
		NetworkLimit known = this.network;
		if (known != null && known.source() == LimitSource.LEARNED && idle.compareTo(known.idleTimeout()) > 0) {
			this.outlived = true;
		}
	}

	/**
	 * Note that a connection was gone after it had been quiet, for a reason that is not
	 * known yet.
	 */
	void dropped(Duration idle, boolean closed, long at) {
		this.drops.add(new Drop(idle, closed, at));
	}

	/**
	 * Learn from the connections that were dropped, now that the server has been asked.
	 * @param changed whether something became of the server that explains it
	 * @param ledger the connections to plan anew
	 */
	void learn(boolean changed, ConnectionLedger ledger) {
		List<Drop> known = new ArrayList<>();
		for (Drop drop = this.drops.poll(); drop != null; drop = this.drops.poll()) {
			known.add(drop);
		}
		if (changed) {
			this.evidence.forget();
			return;
		}
		for (Drop drop : known) {
			if (drop.closed()) {
				this.evidence.closed(drop.idle(), drop.at());
			}
			else {
				this.evidence.dropped(drop.idle(), drop.at());
			}
		}
		if (!known.isEmpty()) {
			this.evidence.limit().ifPresent((limit) -> apply(limit, ledger));
		}
	}

	private synchronized void apply(Duration limit, ConnectionLedger ledger) {
		NetworkLimit before = this.network;
		ServerSessionFacts read = this.facts;
		if (read == null || limit.compareTo(read.limits().waitTimeout()) >= 0
				|| (before != null && limit.compareTo(before.idleTimeout()) >= 0)) {
			return;
		}
		this.outlived = false;
		waitBeforeTrial(limit, ledger.now());
		LifetimePlan planned = replan(new NetworkLimit(limit, LimitSource.LEARNED), read, ledger);
		logger.warn(
				"{} - connections to {} that were idle for more than about {} were dropped by something between this "
						+ "application and MySQL (wait_timeout is {}): {}. {}",
				this.dataSource.getPoolName(), hosts(), Durations.text(limit),
				Durations.text(read.limits().waitTimeout()), likelyOwner(limit),
				this.keptAlive
						? "Keeping idle time below " + Durations.text(planned.heldKeepalive())
								+ "; set connection-guard.network-idle-timeout to make this permanent."
						: "Set connection-guard.network-idle-timeout to have connections replaced before.");
		this.events.publish((pool, at) -> new GuardEvent.LimitLearned(pool, at, limit));
	}

	private static String likelyOwner(Duration limit) {
		return WellKnownLimit.of(limit)
			.map((known) -> "likely %s, whose default is %s".formatted(known.owner(), Durations.text(known.limit())))
			.orElse("a load balancer, NAT or proxy");
	}

	/**
	 * See whether a learned limit still holds: from time to time, one idle connection is
	 * left quiet for longer. If it survives, the limit is forgotten.
	 * @param pingAfter the quiet time after which connections are pinged when they are
	 * lent; where that is longer than the limit, nobody would notice in time
	 * @param ledger the connections
	 */
	synchronized void review(Duration pingAfter, ConnectionLedger ledger) {
		NetworkLimit known = this.network;
		LifetimePlan planned = this.plan;
		ServerSessionFacts read = this.facts;
		if (known == null || known.source() != LimitSource.LEARNED || planned == null || read == null) {
			return;
		}
		if (this.outlived) {
			forget(known, read, ledger, "live on after having been idle for more than");
		}
		else if (ledger.now() - this.nextTrial >= 0 && known.idleTimeout().compareTo(pingAfter) >= 0) {
			ledger.connections()
				.stream()
				.filter((connection) -> !connection.isHeld() && planned.equals(connection.plan()))
				.findFirst()
				.ifPresent((connection) -> {
					connection.replan(planned.trial());
					waitBeforeTrial(known.idleTimeout(), ledger.now());
				});
		}
	}

	/**
	 * Forget a learned limit, and what it was learned from.
	 * @param ledger the connections
	 * @return whether there was one
	 */
	synchronized boolean forget(ConnectionLedger ledger) {
		NetworkLimit known = this.network;
		ServerSessionFacts read = this.facts;
		if (known == null || known.source() != LimitSource.LEARNED || read == null) {
			return false;
		}
		this.evidence.forget();
		forget(known, read, ledger, "may be idle, as somebody asked, for more than");
		return true;
	}

	private void forget(NetworkLimit known, ServerSessionFacts read, ConnectionLedger ledger, String reason) {
		this.outlived = false;
		LifetimePlan raised = replan(this.configured, read, ledger);
		logger.info(
				"{} - connections to {} {} {}: what the network was learned to allow is forgotten. Keeping idle time "
						+ "below {}",
				this.dataSource.getPoolName(), hosts(), reason, Durations.text(known.idleTimeout()),
				Durations.text(raised.heldKeepalive()));
		this.events.publish((pool, at) -> new GuardEvent.LimitForgotten(pool, at, known.idleTimeout()));
	}

	private void waitBeforeTrial(Duration limit, long now) {
		Duration first = limit.multipliedBy(4);
		Duration least = Durations.max(first, FIRST_TRIAL);
		Duration next = this.pause.multipliedBy(2);
		this.pause = (next.compareTo(least) < 0) ? least : Durations.min(next, LONGEST_PAUSE);
		this.nextTrial = now + this.pause.toNanos();
	}

	private LifetimePlan replan(@Nullable NetworkLimit limit, ServerSessionFacts read, ConnectionLedger ledger) {
		this.network = limit;
		LifetimePlan planned = keepTo(read.limits(), this.timers.requested());
		ledger.connections()
			.stream()
			.filter((connection) -> connection.plan() != null)
			.forEach((connection) -> connection.replan(planned));
		return planned;
	}

	String hosts() {
		return MySqlUrl.hosts(this.dataSource.getJdbcUrl());
	}

	/**
	 * A connection that was gone after it had been quiet.
	 *
	 * @param idle how long it had been quiet
	 * @param closed whether somebody had closed it
	 * @param at when that was noticed
	 */
	private record Drop(Duration idle, boolean closed, long at) {

	}

}
