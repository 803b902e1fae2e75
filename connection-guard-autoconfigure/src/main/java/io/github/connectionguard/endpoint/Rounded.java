package io.github.connectionguard.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Leaves out the digits of times that nobody reads.
 */
final class Rounded {

	private static final Duration SHORT = Duration.ofMillis(10);

	private Rounded() {
	}

	static Instant of(Instant moment) {
		return moment.truncatedTo(ChronoUnit.MILLIS);
	}

	static Duration of(Duration duration) {
		return duration.truncatedTo((duration.compareTo(SHORT) < 0) ? ChronoUnit.MICROS : ChronoUnit.MILLIS);
	}

	static Object of(Object value) {
		if (value instanceof Duration duration) {
			return of(duration);
		}
		return (value instanceof Instant moment) ? of(moment) : value;
	}

}
