package io.github.connectionguard.benchmarks.pools;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the server of the stub takes to answer.
 */
final class Answer {

	/**
	 * Names the time, in microseconds.
	 */
	static final String PROPERTY = "benchmark.answer";

	private static final long NANOS = TimeUnit.MICROSECONDS.toNanos(Long.getLong(PROPERTY, 0));

	private static final AtomicLong validations = new AtomicLong();

	private static volatile boolean counting;

	private Answer() {
	}

	/**
	 * Wait for the server. Waiting takes no processor, as it does not in life.
	 */
	static void await() {
		if (NANOS > 0) {
			LockSupport.parkNanos(NANOS);
		}
	}

	static void validated() {
		if (counting) {
			validations.incrementAndGet();
		}
		await();
	}

	/**
	 * Count how often connections are validated from now on, or stop counting.
	 * @return how often they were before
	 */
	static long count(boolean begin) {
		counting = begin;
		return validations.getAndSet(0);
	}

}
