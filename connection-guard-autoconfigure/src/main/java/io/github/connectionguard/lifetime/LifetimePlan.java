package io.github.connectionguard.lifetime;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The timers that keep a connection alive under a limit, lowered from what the user asked
 * for and never raised above it. Immutable.
 *
 * @param limit the idle time after which the connection would be cut
 * @param source what sets that limit
 * @param maxLifetime the maximum age of a connection: below the limit, never zero
 * @param keepalive the longest an idle connection stays quiet: below half of the limit,
 * zero if the user switched the pool's keepalive off
 * @param heldKeepalive the longest a connection that code holds stays quiet: below half
 * of the limit, never zero
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
	 * @return the plan
	 */
	public static LifetimePlan of(ServerLimits server, @Nullable NetworkLimit network, PoolTimers requested) {
		if (network != null && network.idleTimeout().compareTo(server.waitTimeout()) < 0) {
			return of(network.idleTimeout(), network.source(), requested);
		}
		return of(server.waitTimeout(), server.source(), requested);
	}

	private static LifetimePlan of(Duration limit, LimitSource source, PoolTimers requested) {
		long millis = limit.toMillis();
		Duration lifetime = Duration.ofMillis(millis - Math.min(Math.max(millis / 10, 1), LARGEST_MARGIN_MILLIS));
		Duration quiet = Duration.ofMillis(Math.max(millis / 3, 1));
		Duration maxLifetime = requested.maxLifetime().isZero() ? lifetime : min(requested.maxLifetime(), lifetime);
		Duration keepalive = requested.keepalive().isZero() ? Duration.ZERO : min(requested.keepalive(), quiet);
		return new LifetimePlan(limit, source, maxLifetime, keepalive, keepalive.isZero() ? quiet : keepalive);
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

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

}
