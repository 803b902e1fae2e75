package io.github.connectionguard.event;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something has happened, and how long it took in all. Thread-safe, without
 * locks.
 */
public final class Tally {

	private final LongAdder times = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	void add(long more) {
		this.times.add(more);
	}

	void add(Duration took) {
		this.times.increment();
		this.nanos.add(took.toNanos());
	}

	/**
	 * Return how often it has happened.
	 * @return the number, which only grows
	 */
	public long count() {
		return this.times.sum();
	}

	/**
	 * Return how long it took in all.
	 * @return the time in nanoseconds, which only grows; zero for what takes no time
	 */
	public long nanos() {
		return this.nanos.sum();
	}

}
