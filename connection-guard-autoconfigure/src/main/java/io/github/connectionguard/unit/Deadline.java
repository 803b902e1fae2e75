package io.github.connectionguard.unit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When the time of a session is over.
 *
 * @param nanos the moment, by the clock
 * @param clock a clock in nanoseconds
 */
public record Deadline(long nanos, LongSupplier clock) {

	/**
	 * Return the deadline of a time that begins now.
	 * @param timeout the time
	 * @param clock a clock in nanoseconds, such as {@link System#nanoTime()}
	 * @return the deadline
	 */
	public static Deadline in(Duration timeout, LongSupplier clock) {
		return new Deadline(clock.getAsLong() + timeout.toNanos(), clock);
	}

	/**
	 * Return the time left, not positive if there is none.
	 */
	long millisLeft() {
		return TimeUnit.NANOSECONDS.toMillis(this.nanos - this.clock.getAsLong());
	}

	/**
	 * Return the time left in whole seconds, rounded up.
	 */
	int secondsLeft() {
		return Math.toIntExact(Math.max(0, (millisLeft() + 999) / 1000));
	}

}
