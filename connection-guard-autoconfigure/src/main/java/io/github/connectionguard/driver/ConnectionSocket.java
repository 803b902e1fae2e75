package io.github.connectionguard.driver;

import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The socket under a driver's connection, as far as it can be watched without disturbing
 * the driver. Thread-safe, and never waits.
 */
public interface ConnectionSocket {

	/**
	 * What a look at the socket shows.
	 */
	enum Sight {

		/**
		 * Nothing has come: the connection is open, as far as this end knows.
		 */
		QUIET,

		/**
		 * Something has come that nobody has read yet, such as the server's last word.
		 */
		PENDING,

		/**
		 * The other end has closed the connection.
		 */
		CLOSED,

		/**
		 * Nothing can be seen: the driver is reading, or has a socket of its own.
		 */
		UNKNOWN

	}

	/**
	 * A socket of which nothing is known.
	 */
	ConnectionSocket NONE = new ConnectionSocket() {

		@Override
		public Sight look() {
			return Sight.UNKNOWN;
		}

		@Override
		public Duration waiting() {
			return Duration.ZERO;
		}

		@Override
		public void cut() {
		}

	};

	/**
	 * Look whether anything has come, or the end.
	 * @return what was seen; what has come is kept for the driver
	 */
	Sight look();

	/**
	 * Return how long the driver has been waiting for the server's next byte.
	 * @return the time, zero if it is not waiting
	 */
	Duration waiting();

	/**
	 * Tell whether the driver has ever waited for as long as it was told to.
	 * @return whether it has, as far as known
	 */
	default boolean hasTimedOut() {
		return false;
	}

	/**
	 * Tell whether the other end, or something on the way, has closed or reset the
	 * connection, as was seen when somebody looked or read.
	 * @return whether it has, as far as known
	 */
	default boolean isEnded() {
		return false;
	}

	/**
	 * Tell whether the connection was reset, rather than closed in order.
	 * @return whether it was, as far as known
	 */
	default boolean isReset() {
		return false;
	}

	/**
	 * Return the error that the server has sent unasked before it closed the connection,
	 * and nobody has read yet.
	 * @return the error with its number, or {@code null} if there is none or it cannot be
	 * read
	 */
	default @Nullable SQLException lastWord() {
		return null;
	}

	/**
	 * Give up what waiting for the server takes, until somebody waits again.
	 */
	default void rest() {
	}

	/**
	 * Close this end, so that whoever waits for the server gets an exception.
	 */
	void cut();

}
