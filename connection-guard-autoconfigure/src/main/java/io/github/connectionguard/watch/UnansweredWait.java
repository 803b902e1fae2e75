package io.github.connectionguard.watch;

import java.time.Duration;

import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.RoundTripTime;

/**
 * The wait for the answer to a statement of which the server, asked over another
 * connection, knows nothing. It or its answer may have been lost on a path that was
 * silent for a while: then TCP sends it again, at the latest when as much time has passed
 * since the end of the silence as since its beginning.
 *
 * @param since when the wait began, by the ledger's clock
 * @param answered when the server answered anybody for the first time since
 */
record UnansweredWait(long since, long answered) {

	/**
	 * A server that was there all the time may only be too busy to read a statement: its
	 * thread pool shows the session asleep until it does. And a packet may be lost many
	 * times in a row: where one in four is, one in some thousands six times, and comes
	 * after 13 s. In this time it is sent nine times.
	 */
	private static final Duration LEAST = Duration.ofMinutes(1);

	/**
	 * TCP never pauses for longer ({@code TCP_RTO_MAX}).
	 */
	private static final Duration LONGEST_RETRANSMISSION = Duration.ofMinutes(2);

	private static final Duration SLACK = Duration.ofSeconds(1);

	/**
	 * Return when to give up waiting.
	 * @param path the round trip
	 * @return the time, by the ledger's clock
	 */
	long end(RoundTripTime path) {
		Duration silence = Duration.ofNanos(this.answered - this.since);
		Duration again = Durations.min(silence, LONGEST_RETRANSMISSION);
		Duration patience = silence.plus(again).plus(path.limit(SLACK));
		return this.since + Durations.max(patience, LEAST).toNanos();
	}

}
