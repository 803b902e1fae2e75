package io.github.connectionguard.benchmarks.faults;

import java.util.Locale;

/**
 * What an application came to in all rounds of a fault.
 *
 * @param lost how many requests succeeded whose row is not there
 * @param failed how many failed
 * @param failedAndDone how many failed whose row is there
 * @param slowest how many seconds the slowest took
 * @param recovery how many seconds it took to recover
 */
record FaultFigures(double lost, double failed, double failedAndDone, double slowest, double recovery) {

	/**
	 * Which requests are on the wire at the moment of a fault is chance.
	 */
	private static final double CHANCE = 2;

	private static final double SECONDS = 0.5;

	private static final double RATIO = 0.8;

	/**
	 * Whether these are better than others by more than chance. Nobody is ahead for being
	 * quick whose requests fail where those of the other do not.
	 * @param other the others
	 */
	boolean isAheadOf(FaultFigures other) {
		if (this.lost != other.lost) {
			return this.lost < other.lost;
		}
		if (Math.abs(this.failed - other.failed) > CHANCE) {
			return this.failed < other.failed;
		}
		return this.failedAndDone < other.failedAndDone - CHANCE || isShorter(this.slowest, other.slowest)
				|| isShorter(this.recovery, other.recovery);
	}

	private static boolean isShorter(double seconds, double others) {
		return seconds < others - SECONDS && seconds < others * RATIO;
	}

	String text() {
		return String.format(Locale.ROOT, "%.0f failed, %.0f told untruth, slowest %.2f s, recovered in %.2f s",
				this.failed, this.failedAndDone + this.lost, this.slowest, this.recovery);
	}

}
