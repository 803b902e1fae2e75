package io.github.connectionguard.watch;

import java.time.Duration;

/**
 * Decides when to look for a server. Knows no clock: times are readings, in nanoseconds,
 * of the one that is asked with. Not thread-safe.
 */
final class CheckRhythm {

	/**
	 * After this time without an answer, it is worth asking whether there will be one.
	 */
	static final Duration LONG_WAIT = Duration.ofSeconds(1);

	/**
	 * A login that takes longer than this may never come to an end.
	 */
	static final Duration SLOW_LOGIN = Duration.ofMillis(500);

	private static final Duration REST = Duration.ofMillis(250);

	/**
	 * Logins that are refused one after the other can lock the account.
	 */
	private static final Duration LONG_REST = Duration.ofMinutes(1);

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(60);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

	/**
	 * The part of an outage by which the end of it may be noticed late.
	 */
	private static final int FRACTION = 300;

	private final Duration quietLimit;

	private long notBefore;

	private long lastBegin;

	private boolean anyUnderWay;

	private boolean away;

	private long awaySince;

	private Duration nextWait = LONG_WAIT;

	/**
	 * Create the rhythm of one server.
	 * @param now the time
	 * @param quietLimit how long the server may not have been heard without being asked
	 */
	CheckRhythm(long now, Duration quietLimit) {
		this.quietLimit = quietLimit;
		this.notBefore = now;
		this.lastBegin = now;
	}

	/**
	 * Tell whether it is time to look for the server.
	 * @param now the time
	 * @param suspectedAt when there was reason to for the last time
	 * @param waiting how long somebody has been waiting for an answer of the server
	 * @param quiet how long the server has not been heard, zero if nobody cares
	 * @return whether it is
	 */
	boolean isDue(long now, long suspectedAt, Duration waiting, Duration quiet) {
		if (waiting.compareTo(LONG_WAIT) < 0) {
			this.nextWait = LONG_WAIT;
		}
		if (now - this.notBefore < 0) {
			return false;
		}
		return this.anyUnderWay || this.away || suspectedAt - this.lastBegin > 0
				|| waiting.compareTo(this.nextWait) >= 0 || quiet.compareTo(this.quietLimit) >= 0;
	}

	/**
	 * Tell whether the next look should come soon.
	 * @return whether the server is away or has not answered yet
	 */
	boolean isAlert() {
		return this.anyUnderWay || this.away;
	}

	/**
	 * Note that the server is being looked for.
	 * @param now the time
	 * @param waiting how long somebody has been waiting for an answer of the server
	 * @param heard whether it was heard since a look that is still under way: then there
	 * is no hurry
	 */
	void began(long now, Duration waiting, boolean heard) {
		if (!this.anyUnderWay && !this.away) {
			this.awaySince = now;
		}
		this.notBefore = now + (heard ? LONGEST_PAUSE : this.anyUnderWay ? pause(now) : SLOW_LOGIN).toNanos();
		this.anyUnderWay = true;
		this.lastBegin = now;
		while (this.nextWait.compareTo(waiting) <= 0) {
			this.nextWait = this.nextWait.multipliedBy(2);
		}
	}

	/**
	 * Note that the server answered.
	 */
	void answered(long now) {
		ended(now, REST);
		this.away = false;
	}

	/**
	 * Note that the server could not be reached.
	 */
	void failed(long now) {
		this.away = true;
		ended(now, pause(now));
	}

	/**
	 * Note that the server answered, but did not let anybody in.
	 */
	void refused(long now) {
		ended(now, LONG_REST);
		this.away = false;
	}

	private void ended(long now, Duration rest) {
		this.anyUnderWay = false;
		this.notBefore = now + rest.toNanos();
	}

	private Duration pause(long now) {
		Duration part = Duration.ofNanos((now - this.awaySince) / FRACTION);
		return (part.compareTo(SHORTEST_PAUSE) < 0) ? SHORTEST_PAUSE
				: (part.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : part;
	}

}
