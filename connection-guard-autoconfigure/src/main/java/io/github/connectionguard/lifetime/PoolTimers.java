package io.github.connectionguard.lifetime;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	/**
	 * Write which of these timers are others than before, with both values.
	 * @param before the timers before
	 * @return the text, empty if they are the same
	 */
	public String changeFrom(PoolTimers before) {
		return Stream
			.of(change("max-lifetime", before.maxLifetime, this.maxLifetime),
					change("keepalive-time", before.keepalive, this.keepalive))
			.filter((change) -> !change.isEmpty())
			.collect(Collectors.joining(", "));
	}

	private static String change(String timer, Duration before, Duration now) {
		if (now.equals(before)) {
			return "";
		}
		boolean alike = Durations.text(now).equals(Durations.text(before));
		return alike ? "%s %d ms -> %d ms".formatted(timer, before.toMillis(), now.toMillis())
				: "%s %s -> %s".formatted(timer, Durations.text(before), Durations.text(now));
	}

}
