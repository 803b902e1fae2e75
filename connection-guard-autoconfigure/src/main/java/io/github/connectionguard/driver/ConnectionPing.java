package io.github.connectionguard.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Pings the server over one connection from whatever thread, without disturbing whoever
 * uses it.
 */
public interface ConnectionPing {

	/**
	 * What came of a ping.
	 */
	enum Answer {

		/**
		 * The server answered.
		 */
		ALIVE,

		/**
		 * Nothing was sent: the connection is in the middle of something.
		 */
		BUSY,

		/**
		 * The connection is gone, or did not answer in time.
		 */
		DEAD

	}

	/**
	 * Ping the server.
	 * @param limit how long to wait for the answer, zero for the connection's own network
	 * timeout; rounded up to the milliseconds or seconds the driver knows
	 * @return what came of it
	 */
	Answer ping(Duration limit);

	/**
	 * Tell whether a ping is refused without harm while a result is read row by row. A
	 * driver that would read the rest of the result first must not be pinged then.
	 * @return whether it is
	 */
	default boolean isRefusedInAStream() {
		return false;
	}

	/**
	 * Return the number of the session as whoever answered the driver's login gave it. A
	 * proxy that has sessions of its own gives its own number.
	 * @return the number, of which only the lower 32 bits need be right, or -1 if it is
	 * not known
	 */
	default long sessionNumber() {
		return -1;
	}

	/**
	 * Return the way to ping a connection of a known driver.
	 * @param connection the driver's connection, or a wrapper of it
	 * @return the way to ping it, or {@link #UNKNOWN}
	 * @throws SQLException if the connection cannot be unwrapped
	 */
	static ConnectionPing of(Connection connection) throws SQLException {
		if (ConnectorJPing.supports(connection)) {
			return ConnectorJPing.of(connection);
		}
		if (MariaDbPing.supports(connection)) {
			return MariaDbPing.of(connection);
		}
		return UNKNOWN;
	}

	/**
	 * The way of a driver whose locking is not known: never from outside.
	 */
	ConnectionPing UNKNOWN = (limit) -> Answer.BUSY;

}
