package io.github.connectionguard.endpoint;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a pool is, in one sentence.
 *
 * @param status what the sentence says, in a word
 * @param sentence the sentence, with the numbers that support it
 * @param since since when, or {@code null} if that is not known
 * @param action what to do first, or {@code null} if there is nothing to do
 */
public record Verdict(Status status, String sentence, @Nullable Instant since, @Nullable String action) {

	/**
	 * What a verdict says, the worst first.
	 */
	public enum Status {

		/**
		 * The server cannot be reached, or lets nobody in.
		 */
		UNREACHABLE,

		/**
		 * Nobody has tried to connect.
		 */
		UNKNOWN,

		/**
		 * The server is there for those who are in, and lets nobody else in.
		 */
		REFUSING,

		/**
		 * All connections are in use, and somebody waits.
		 */
		EXHAUSTED,

		/**
		 * A part of the guard has failed.
		 */
		GUARD_FAILED,

		/**
		 * Connections were not given back lately.
		 */
		LEAKING,

		/**
		 * Connections died lately.
		 */
		LOSING,

		/**
		 * The pool ran before the guard met it.
		 */
		NOT_GUARDED,

		/**
		 * Nothing is wrong.
		 */
		HEALTHY

	}

}
