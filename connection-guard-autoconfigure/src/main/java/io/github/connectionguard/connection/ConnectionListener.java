package io.github.connectionguard.connection;

import java.time.Duration;

import io.github.connectionguard.diagnosis.ConnectionLoss;

/**
 * Who is told what happens to the connections of a pool. Called on the threads of the
 * pool and of its users; must be thread-safe and must not block.
 */
public interface ConnectionListener {

	/**
	 * A connection is ready for use.
	 * @param connection the connection
	 */
	void opened(PhysicalConnection connection);

	/**
	 * A connection that was not lost was closed.
	 * @param connection the connection
	 */
	void retired(PhysicalConnection connection);

	/**
	 * A connection turned out to be dead.
	 * @param connection the connection
	 * @param loss what was known of it
	 */
	void lost(PhysicalConnection connection, ConnectionLoss loss);

	/**
	 * The driver could not connect.
	 * @param exception the driver's exception
	 */
	void connectFailed(Exception exception);

	/**
	 * A commit failed.
	 * @param unknown whether nobody knows if the server has committed
	 */
	void commitFailed(boolean unknown);

	/**
	 * The server refused to write. It may have become read-only, but there are other
	 * reasons.
	 */
	void refusedToWrite();

	/**
	 * A connection in the pool is about to be pinged.
	 * @param connection the connection
	 */
	void pinging(PhysicalConnection connection);

	/**
	 * A ping was answered, or given up.
	 * @param ping the ping
	 */
	void pinged(PingResult ping);

	/**
	 * A ping was answered.
	 * @param idle how long the connection had been quiet before
	 */
	void survived(Duration idle);

	/**
	 * A connection in the pool turned out to be gone, while the server may well be there.
	 * @param idle how long the connection had been quiet before
	 * @param closed whether somebody had closed it; else it seemed to be open
	 */
	void dropped(Duration idle, boolean closed);

	/**
	 * The guard itself has failed where nobody expects it to, and does without.
	 * @param failure the failure
	 */
	void guardFailed(Throwable failure);

}
