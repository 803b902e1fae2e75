package io.github.connectionguard.lifetime;

import java.time.Duration;

/**
 * The two timers of a pool that decide how old and how quiet a connection may get.
 *
 * @param maxLifetime the maximum age of a connection, zero for no maximum
 * @param keepalive the interval at which idle connections are pinged, zero for never
 */
public record PoolTimers(Duration maxLifetime, Duration keepalive) {

	/**
	 * Below this, {@code HikariConfig.validate()} replaces {@code maxLifetime} by half an
	 * hour and switches {@code keepaliveTime} off.
	 */
	private static final Duration FLOOR = Duration.ofSeconds(30);

	/**
	 * Tell whether HikariCP would not take a timer as it is.
	 * @param timer the timer
	 * @return whether it is too short, and not zero
	 */
	public static boolean isBelowFloor(Duration timer) {
		return !timer.isZero() && timer.compareTo(FLOOR) < 0;
	}

}
