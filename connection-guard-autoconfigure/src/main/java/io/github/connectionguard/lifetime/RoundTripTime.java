package io.github.connectionguard.lifetime;

import java.time.Duration;

/**
 * How long an exchange with the server takes, smoothed as TCP does it (RFC 6298). What
 * takes a quarter of that is believed at once: it was another path, or the server had
 * stood still.
 *
 * @param smoothed the time an exchange takes
 * @param deviation by how much that varies
 */
public record RoundTripTime(Duration smoothed, Duration deviation) {

	/**
	 * Nothing has been measured.
	 */
	public static final RoundTripTime UNKNOWN = new RoundTripTime(Duration.ZERO, Duration.ZERO);

	/**
	 * A path that is slower is taken for one that is not there.
	 */
	private static final Duration LONGEST = Duration.ofSeconds(10);

	/**
	 * Take another measurement into account.
	 * @param sample how long an exchange took
	 * @return what is known now
	 */
	public RoundTripTime with(Duration sample) {
		if (sample.multipliedBy(4).compareTo(this.smoothed) < 0 || this.smoothed.isZero()) {
			return new RoundTripTime(sample, sample.dividedBy(2));
		}
		Duration off = sample.minus(this.smoothed).abs();
		return new RoundTripTime(this.smoothed.multipliedBy(7).plus(sample).dividedBy(8),
				this.deviation.multipliedBy(3).plus(off).dividedBy(4));
	}

	/**
	 * Return how long to wait for an answer before it is worth asking why there is none.
	 * @param least how long on the fastest path
	 * @return that, or what two exchanges take at the most on a path where that is longer
	 */
	public Duration limit(Duration least) {
		Duration own = this.smoothed.multipliedBy(2).plus(this.deviation.multipliedBy(4));
		return Durations.max(Durations.min(own, LONGEST), least);
	}

}
