package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a server says, when it is asked, that bears on the loss of a connection to it.
 *
 * @param fate what has become of the server since the connection was opened
 * @param uptime how long it has been running, or {@code null} if it did not tell
 * @param sessionKnown whether it still has the connection's session, or {@code null} if
 * that cannot be told
 * @param kills how many {@code KILL} statements it has run since it was asked before, or
 * {@code null} if it did not tell
 * @param gone how many sessions of connections that were lost since then it does not have
 * @param absence how it was out of reach for everybody about when the connection was lost
 */
public record ServerEvidence(Fate fate, @Nullable Duration uptime, @Nullable Boolean sessionKnown, @Nullable Long kills,
		int gone, Absence absence) {

	/**
	 * How a server was out of reach.
	 */
	public enum Absence {

		/**
		 * It was not.
		 */
		NONE,

		/**
		 * Connects were accepted, but whoever logged in got no answer.
		 */
		STOOD_STILL,

		/**
		 * Nobody got an answer, even to a connect.
		 */
		OUT_OF_REACH

	}

	/**
	 * What a server may have become.
	 */
	public enum Fate {

		/**
		 * It is the server it was.
		 */
		SAME,

		/**
		 * It was started again.
		 */
		RESTARTED,

		/**
		 * Another server answers in its place.
		 */
		REPLACED,

		/**
		 * It refuses writes, which it did not.
		 */
		DEMOTED

	}

}
