package io.github.connectionguard.fleet;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.report.ServerReport.Load;
import io.github.connectionguard.report.ServerReport.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the connections of one server. Thread-safe.
 */
final class CountedServer {

	private final FleetSize size = new FleetSize();

	private @Nullable Long askedAt;

	private @Nullable ServerSessionFacts facts;

	private @Nullable Long abortedSoFar;

	private long aborted;

	private boolean advised;

	private volatile @Nullable Load last;

	private volatile Map<String, Load> byPool = Map.of();

	/**
	 * Tell whether it is time to ask the server, which whoever is told so will do.
	 */
	synchronized boolean isDue(long now) {
		Long asked = this.askedAt;
		boolean due = asked == null || now - asked >= Fleet.PAUSE.toNanos();
		if (due) {
			this.askedAt = now;
		}
		return due;
	}

	/**
	 * Note what the server said.
	 * @return what to advise, once
	 */
	synchronized Optional<String> told(Occupancy occupancy, long now) {
		countAborted(occupancy.facts(), occupancy.load().aborted());
		Sessions sessions = occupancy.sessions();
		Map<String, Load> loads = new HashMap<>();
		occupancy.byPool().forEach((pool, ofPool) -> loads.put(pool, load(occupancy, ofPool, sessions)));
		this.last = load(occupancy, 0, sessions);
		this.byPool = Map.copyOf(loads);
		String advice = (sessions != null) ? occupancy.advice(this.size.atLeast(sessions.instances(), now)) : null;
		if (advice == null || this.advised) {
			return Optional.empty();
		}
		this.advised = true;
		return Optional.of(advice);
	}

	/**
	 * A server that was started again counts anew.
	 */
	private void countAborted(ServerSessionFacts told, @Nullable Long sum) {
		Long before = this.abortedSoFar;
		ServerSessionFacts former = this.facts;
		if (before != null && sum != null && former != null && isSame(former, told)) {
			this.aborted += (sum >= before) ? sum - before : sum;
		}
		this.abortedSoFar = sum;
		this.facts = told;
	}

	private static boolean isSame(ServerSessionFacts one, ServerSessionFacts other) {
		return one.serverId() == null || one.serverId().equals(other.serverId());
	}

	private Load load(Occupancy occupancy, int ofPool, @Nullable Sessions sessions) {
		ServerSessionFacts told = occupancy.facts();
		return new Load(Instant.now(), occupancy.load().uptime(), told.maxConnections(), told.maxUserConnections(),
				occupancy.connected(), (occupancy.load().aborted() != null) ? Long.valueOf(this.aborted) : null, ofPool,
				sessions);
	}

	/**
	 * Return what the server said last.
	 * @param pool the name of a pool
	 */
	@Nullable Load report(String pool) {
		Load known = this.byPool.get(pool);
		return (known != null) ? known : this.last;
	}

}
