package io.github.connectionguard.fleet;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How many instances there are when none is being replaced. During a rolling deployment,
 * which is when instances start, old and new ones are seen together: until it must be
 * over, no more than half of those seen are taken for certain. Not thread-safe.
 */
final class FleetSize {

	/**
	 * Within this time, what is replaced has gone.
	 */
	static final Duration DEPLOYMENT = Duration.ofMinutes(10);

	private @Nullable Long since;

	private int smallest;

	private int settled;

	/**
	 * Note how many are seen.
	 * @param seen the number, at least one
	 * @param now the time, in nanoseconds
	 * @return how many there are for certain
	 */
	int atLeast(int seen, long now) {
		Long begin = this.since;
		this.smallest = (begin != null) ? Math.min(this.smallest, seen) : seen;
		if (begin == null) {
			this.since = now;
		}
		else if (now - begin >= DEPLOYMENT.toNanos()) {
			this.settled = this.smallest;
			this.smallest = seen;
			this.since = now;
		}
		return (this.settled > 0) ? Math.min(this.settled, seen) : (seen + 1) / 2;
	}

}
