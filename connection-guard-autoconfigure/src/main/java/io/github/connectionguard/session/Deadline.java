package io.github.connectionguard.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When the time of a session is over.
 *
 * @param nanos the moment, by {@link System#nanoTime()}
 */
record Deadline(long nanos) {

	static Deadline in(Duration timeout) {
		return new Deadline(System.nanoTime() + timeout.toNanos());
	}

	/**
	 * Return the time left, not positive if there is none.
	 */
	long millisLeft() {
		return TimeUnit.NANOSECONDS.toMillis(this.nanos - System.nanoTime());
	}

	/**
	 * Return the time left in whole seconds, rounded up.
	 */
	int secondsLeft() {
		return Math.toIntExact(Math.max(0, (millisLeft() + 999) / 1000));
	}

}
