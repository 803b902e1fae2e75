package io.github.connectionguard.lifetime;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The limit that a connection comes to first if nothing happens on it. Immutable.
 *
 * @param limit what limits it, in words that continue a sentence
 * @param allowed how long that allows
 * @param left how long it is until then, zero if that is past
 */
public record Deadline(String limit, Duration allowed, Duration left) {

	/**
	 * Find the deadline of a connection that lies in the pool.
	 * @param plan what was planned for it
	 * @param age how long ago it was opened
	 * @param quiet how long the server has not been heard on it
	 * @return the nearest one
	 */
	public static Deadline ofIdle(LifetimePlan plan, Duration age, Duration quiet) {
		return nearest(idle(plan, quiet), of("max-lifetime", plan.maxLifetime(), age));
	}

	/**
	 * Find the deadline of a connection that code holds, which the pool does not close
	 * before it is given back.
	 * @param plan what was planned for it
	 * @param idleTransaction how long the session may be idle in a transaction, or
	 * {@code null} if there is no such limit
	 * @param quiet how long the server has not been heard on it
	 * @return the nearest one
	 */
	public static Deadline ofHeld(LifetimePlan plan, @Nullable Duration idleTransaction, Duration quiet) {
		Deadline idle = idle(plan, quiet);
		return (idleTransaction != null)
				? nearest(idle, of("the server's limit of idle transactions", idleTransaction, quiet)) : idle;
	}

	private static Deadline idle(LifetimePlan plan, Duration quiet) {
		return of(plan.source().description(), plan.limit(), quiet);
	}

	private static Deadline of(String limit, Duration allowed, Duration used) {
		return new Deadline(limit, allowed, Durations.max(allowed.minus(used), Duration.ZERO));
	}

	private static Deadline nearest(Deadline one, Deadline other) {
		return (other.left.compareTo(one.left) < 0) ? other : one;
	}

}
