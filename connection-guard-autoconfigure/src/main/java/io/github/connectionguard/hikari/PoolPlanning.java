package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.lifetime.IdleEvidence;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.NetworkLimit;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.mysql.MySqlUrl;
import io.github.connectionguard.mysql.SessionFacts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the timers of one pool are planned by: the limits its sessions tell, those the
 * user knows of, and those its connections had to learn. Thread-safe.
 */
final class PoolPlanning {

	private static final Logger logger = LoggerFactory.getLogger(PoolPlanning.class);

	private final HikariDataSource dataSource;

	private final HikariTimers timers;

	private final IdleEvidence evidence = new IdleEvidence();

	private final Queue<Drop> drops = new ConcurrentLinkedQueue<>();

	private volatile @Nullable NetworkLimit network;

	private volatile @Nullable SessionFacts facts;

	private volatile @Nullable LifetimePlan plan;

	private volatile boolean toldUnreadable;

	PoolPlanning(HikariDataSource dataSource, @Nullable NetworkLimit network) {
		this.dataSource = dataSource;
		this.timers = new HikariTimers(dataSource);
		this.network = network;
	}

	HikariTimers timers() {
		return this.timers;
	}

	@Nullable SessionFacts facts() {
		return this.facts;
	}

	@Nullable LifetimePlan plan() {
		return this.plan;
	}

	/**
	 * Plan by what a session said.
	 */
	LifetimePlan ready(SessionFacts read) {
		this.facts = read;
		return plan(read.limits(), read.version());
	}

	/**
	 * Plan without the session's word.
	 * @return the plan, or {@code null} if nothing is known to plan by
	 */
	@Nullable LifetimePlan unreadable(Exception exception) {
		if (!this.toldUnreadable) {
			this.toldUnreadable = true;
			logger.warn(
					"{} - wait_timeout could not be read ({}); max-lifetime and keepalive-time stay as they "
							+ "are, unless connection-guard.network-idle-timeout says what is allowed.",
					this.dataSource.getPoolName(), exception.getMessage());
		}
		NetworkLimit known = this.network;
		return (known != null) ? plan(new ServerLimits(known.idleTimeout(), known.source()), null) : null;
	}

	private LifetimePlan plan(ServerLimits limits, @Nullable String version) {
		PoolTimers requested = this.timers.requested();
		LifetimePlan planned = LifetimePlan.of(limits, this.network, requested);
		this.timers.set(planned.poolTimers());
		LifetimePlan before = this.plan;
		this.plan = planned;
		if (!planned.equals(before)) {
			tell(version, planned, requested);
		}
		return planned;
	}

	private void tell(@Nullable String version, LifetimePlan planned, PoolTimers requested) {
		String limit = "%s (%s%s) is %s".formatted(planned.source().description(),
				(version != null) ? version + " at " : "", hosts(), Durations.text(planned.limit()));
		PoolTimers set = planned.poolTimers();
		if (set.equals(requested)) {
			logger.info("{} - {}; nothing has to change: max-lifetime {}, keepalive-time {}",
					this.dataSource.getPoolName(), limit, Durations.text(set.maxLifetime()),
					Durations.text(set.keepalive()));
		}
		else {
			logger.info("{} - {}; max-lifetime {} -> {}, keepalive-time {} -> {}, so that no connection outlives it",
					this.dataSource.getPoolName(), limit, Durations.text(requested.maxLifetime()),
					Durations.text(set.maxLifetime()), Durations.text(requested.keepalive()),
					Durations.text(set.keepalive()));
		}
	}

	/**
	 * Note that a connection answered after it had been quiet.
	 */
	void survived(Duration idle) {
		this.evidence.survived(idle);
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

	private void apply(Duration limit, ConnectionLedger ledger) {
		NetworkLimit before = this.network;
		SessionFacts read = this.facts;
		if (read == null || limit.compareTo(read.limits().waitTimeout()) >= 0
				|| (before != null && limit.compareTo(before.idleTimeout()) >= 0)) {
			return;
		}
		this.network = new NetworkLimit(limit, LimitSource.LEARNED);
		LifetimePlan planned = LifetimePlan.of(read.limits(), this.network, this.timers.requested());
		this.timers.set(planned.poolTimers());
		this.plan = planned;
		ledger.connections()
			.stream()
			.filter((connection) -> connection.plan() != null)
			.forEach((connection) -> connection.replan(planned));
		logger
			.warn("{} - connections to {} that were idle for more than about {} were dropped by something between this "
					+ "application and MySQL (wait_timeout is {}): a load balancer, NAT or proxy. Keeping idle time "
					+ "below {}; set connection-guard.network-idle-timeout to make this permanent.",
					this.dataSource.getPoolName(), hosts(), Durations.text(limit),
					Durations.text(read.limits().waitTimeout()), Durations.text(planned.heldKeepalive()));
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
