package io.github.connectionguard.watch;

import java.time.Duration;

import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.RoundTripTime;

/**
 * How soon a server that gives no answer may be asked again, by what that costs it. A
 * login with a TCP connection is answered as soon as the server goes on, and counts as
 * interrupted if it is given up: another one is made only after seconds. A connect that
 * nobody answers, or that is refused, costs the server nothing, but is bounded as well.
 */
final class LoginBudget {

	/**
	 * How many connects may wait for an answer at a time; the pool has one more.
	 */
	static final int MOST_CONNECTING = 7;

	private static final Duration FIRST_CONNECT = Duration.ofMillis(500);

	/**
	 * In the meantime a path may only be slow, or have lost a packet.
	 */
	private static final Duration MAYBE_SLOW = Duration.ofSeconds(2);

	private static final Duration FIRST_LOGIN = Duration.ofSeconds(2);

	private static final int MOST_DOUBLINGS = 4;

	/**
	 * A server that starts has the logins of all its clients before it.
	 */
	private static final int UNANSWERED_AT_START = 3;

	private static final Duration LETTING_IN = Duration.ofSeconds(15);

	private static final Duration REFUSED = Duration.ofMillis(60);

	private static final Duration AGAIN = Duration.ofMillis(150);

	private static final Duration NOBODY_WAITS = Duration.ofMillis(1500);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(1250);

	/**
	 * The part of an outage by which its end may be noticed late, where a connect is
	 * refused.
	 */
	private static final int PART = 100;

	/**
	 * The same where nothing answers, and a new connect is made anyway.
	 */
	private static final int SMALL_PART = 150;

	private static final Duration IS_HEARD = Duration.ofSeconds(10);

	private LoginBudget() {
	}

	/**
	 * Return the pause after a login that has a TCP connection and no answer.
	 * @param unanswered how many of them were made one after the other
	 * @param path the round trip, of which a login takes several
	 */
	static Duration afterLogin(int unanswered, RoundTripTime path) {
		Duration first = Durations.max(FIRST_LOGIN, path.limit(Duration.ZERO).multipliedBy(2));
		return first.multipliedBy(1L << Math.min(unanswered - 1, MOST_DOUBLINGS));
	}

	/**
	 * Return how long a login that has a TCP connection to a server that starts may have
	 * no answer, before another one is made, or it is given up although others have one.
	 * @param path the round trip
	 */
	static Duration afterStart(RoundTripTime path) {
		return afterLogin(UNANSWERED_AT_START, path);
	}

	/**
	 * Return for how long after its first answer a server that has been started again may
	 * be slow to answer whom it has let in, as it has others to let in. To ask it why, by
	 * another login, would make it slower.
	 */
	static Duration lettingIn() {
		return LETTING_IN;
	}

	/**
	 * Return the pause after a connect that has no answer yet.
	 * @param silence how long there has been no answer
	 * @param anybodyWaits whether somebody waits for the server
	 * @param path the round trip
	 */
	static Duration afterConnect(Duration silence, boolean anybodyWaits, RoundTripTime path) {
		Duration first = path.limit(FIRST_CONNECT);
		boolean maybeSlow = silence.compareTo(Durations.max(MAYBE_SLOW, first.multipliedBy(2))) < 0;
		Duration least = maybeSlow ? first : anybodyWaits ? AGAIN : NOBODY_WAITS;
		return Durations.min(LONGEST_PAUSE, Durations.max(least, silence.dividedBy(SMALL_PART)));
	}

	/**
	 * Return the pause after a connect that was refused.
	 * @param outage how long the server has been away
	 * @param anybodyWaits whether somebody waits for the server
	 */
	static Duration afterFailure(Duration outage, boolean anybodyWaits) {
		if (!anybodyWaits) {
			return NOBODY_WAITS;
		}
		return Durations.min(LONGEST_PAUSE, Durations.max(REFUSED, outage.dividedBy(PART)));
	}

	/**
	 * Return the pause while the server is heard on other connections: it is there, and
	 * only slow to let anybody in.
	 */
	static Duration whileHeard() {
		return IS_HEARD;
	}

}
