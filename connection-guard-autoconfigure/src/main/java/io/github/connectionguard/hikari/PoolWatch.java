package io.github.connectionguard.hikari;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.ConnectionLoss;

/**
 * Whoever looks after the server of a pool, and is told what gives rise to suspicion.
 * Called on the threads of the pool and of its users; does not block.
 */
public interface PoolWatch {

	/**
	 * Nobody looks after the server.
	 */
	PoolWatch NONE = new PoolWatch() {

		@Override
		public void pinging(PhysicalConnection connection) {
		}

		@Override
		public void lookAfter(ConnectionLoss loss) {
		}

		@Override
		public void connectFailed() {
		}

		@Override
		public void refusedToWrite() {
		}

		@Override
		public void awaitVerdict() {
		}

	};

	/**
	 * A connection in the pool is about to be pinged.
	 * @param connection the connection
	 */
	void pinging(PhysicalConnection connection);

	/**
	 * Look after the server, as a connection turned out to be dead.
	 * @param loss what was known of it
	 */
	void lookAfter(ConnectionLoss loss);

	/**
	 * The pool could not connect.
	 */
	void connectFailed();

	/**
	 * The server refused to write.
	 */
	void refusedToWrite();

	/**
	 * Wait until it is known whether a server that refused to write has become read-only,
	 * if that is being found out, for as long as one that is well takes to answer. The
	 * one method that blocks.
	 */
	void awaitVerdict();

}
