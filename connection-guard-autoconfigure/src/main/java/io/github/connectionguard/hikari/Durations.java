package io.github.connectionguard.hikari;

import java.time.Duration;

/**
 * Writes durations as they are said: in seconds, or in milliseconds below ten.
 */
final class Durations {

	private Durations() {
	}

	static String text(Duration duration) {
		if (duration.isZero()) {
			return "off";
		}
		boolean whole = duration.toMillisPart() == 0;
		return (whole || duration.toSeconds() >= 10) ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

}
