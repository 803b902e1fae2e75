package io.github.connectionguard.lifetime;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The timers that keep a connection alive under a limit, lowered from what the user asked
 * for and never raised above it. Immutable.
 *
 * @param limit the idle time after which the connection would be cut
 * @param source what sets that limit
 * @param maxLifetime the maximum age of a connection, never zero: below what the server
 * allows, and below what the network allows if no pings keep idle connections from that
 * @param keepalive the longest an idle connection stays quiet: below half of the limit,
 * zero if the user switched the pool's keepalive off
 * @param heldKeepalive the longest a connection that code holds stays quiet: below half
 * of the limit and of that for transactions, never zero
 */
public record LifetimePlan(Duration limit, LimitSource source, Duration maxLifetime, Duration keepalive,
		Duration heldKeepalive) {

	private static final long LARGEST_MARGIN_MILLIS = 30_000;

	/**
	 * Plan the timers of a connection.
	 * @param server what the server allows this session
	 * @param network what the way to the server allows, or {@code null} if nothing is
	 * known
	 * @param requested the timers the user asked for
	 * @param keptAlive whether anybody pings at all, as those timers ask
	 * @return the plan
	 */
	public static LifetimePlan of(ServerLimits server, @Nullable NetworkLimit network, PoolTimers requested,
			boolean keptAlive) {
		if (network == null || network.idleTimeout().compareTo(server.waitTimeout()) >= 0) {
			return of(server.waitTimeout(), server.source(), server.waitTimeout(), requested).held(server);
		}
		boolean pinged = keptAlive && !requested.keepalive().isZero();
		return of(network.idleTimeout(), network.source(), pinged ? server.waitTimeout() : network.idleTimeout(),
				requested)
			.held(server);
	}

	private LifetimePlan held(ServerLimits server) {
		Duration idle = server.idleTransaction();
		Duration held = (idle != null) ? Durations.min(this.heldKeepalive, quiet(idle)) : this.heldKeepalive;
		return new LifetimePlan(this.limit, this.source, this.maxLifetime, this.keepalive, held);
	}

	private static Duration quiet(Duration limit) {
		return Duration.ofMillis(Math.max(limit.toMillis() / 3, 1));
	}

	private static LifetimePlan of(Duration limit, LimitSource source, Duration ageLimit, PoolTimers requested) {
		Duration quiet = quiet(limit);
		Duration lifetime = below(ageLimit);
		Duration maxLifetime = requested.maxLifetime().isZero() ? lifetime
				: Durations.min(requested.maxLifetime(), lifetime);
		Duration keepalive = requested.keepalive().isZero() ? Duration.ZERO
				: Durations.min(requested.keepalive(), quiet);
		return new LifetimePlan(limit, source, maxLifetime, keepalive, keepalive.isZero() ? quiet : keepalive);
	}

	private static Duration below(Duration limit) {
		long millis = limit.toMillis();
		return Duration.ofMillis(millis - Math.min(Math.max(millis / 10, 1), LARGEST_MARGIN_MILLIS));
	}

	/**
	 * Return the timers for the pool itself. A keepalive that could never come due within
	 * a connection's lifetime is off, as it is for the pool.
	 * @return the pool's timers
	 */
	public PoolTimers poolTimers() {
		boolean due = this.keepalive.compareTo(this.maxLifetime) < 0;
		return new PoolTimers(this.maxLifetime, due ? this.keepalive : Duration.ZERO);
	}

	/**
	 * Return what there is of this plan where nobody plans: the limit.
	 * @param timers the timers of the pool
	 * @return a plan under the same limit with these timers, by which nothing is pinged
	 */
	public LifetimePlan keptTo(PoolTimers timers) {
		return new LifetimePlan(this.limit, this.source, timers.maxLifetime(), timers.keepalive(), Duration.ZERO);
	}

	/**
	 * Return the plan of a connection that shows whether the limit still holds.
	 * @return this plan, but with an idle connection quiet for longer than the limit
	 */
	public LifetimePlan trial() {
		Duration longer = this.limit.plus(this.limit.dividedBy(2));
		return new LifetimePlan(this.limit, this.source, this.maxLifetime, longer, this.heldKeepalive);
	}

}
