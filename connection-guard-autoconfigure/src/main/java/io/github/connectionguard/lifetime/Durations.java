package io.github.connectionguard.lifetime;

import java.time.Duration;

/**
 * Compares durations, and writes them as they are said.
 */
public final class Durations {

	private Durations() {
	}

	/**
	 * Return the shorter one.
	 * @param one a duration
	 * @param other another one
	 * @return the shorter one of the two
	 */
	public static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

	/**
	 * Return the longer one.
	 * @param one a duration
	 * @param other another one
	 * @return the longer one of the two
	 */
	public static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	/**
	 * Write a timer, in seconds, or in milliseconds below ten.
	 * @param duration the time, zero if the timer is off
	 * @return the text
	 */
	public static String text(Duration duration) {
		if (duration.isZero()) {
			return "off";
		}
		boolean whole = duration.toMillisPart() == 0;
		return (whole || duration.toSeconds() >= 10) ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

}
