package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The auto-commit mode as it was set, which the server is told only when a statement is
 * about to run in another one. So what a pool sets back when a connection is returned,
 * and the next transaction sets again, costs nothing.
 */
final class AutoCommit {

	private final Connection driver;

	private final SessionTransaction transaction;

	private final Exchanges exchanges;

	private boolean pending;

	private boolean mode;

	AutoCommit(Connection driver, SessionTransaction transaction, Exchanges exchanges) {
		this.driver = driver;
		this.transaction = transaction;
		this.exchanges = exchanges;
	}

	boolean get() throws SQLException {
		return (this.pending && !this.driver.isClosed()) ? this.mode : this.driver.getAutoCommit();
	}

	/**
	 * Set the mode when a statement is about to run in another one.
	 */
	void defer(boolean wanted) {
		this.pending = !this.transaction.isIn(wanted);
		this.mode = wanted;
	}

	/**
	 * Set the mode now.
	 */
	void set(boolean wanted) throws SQLException {
		apply();
		tell(wanted);
	}

	/**
	 * Bring the server into the mode that was set. If that fails, it is still to be done.
	 */
	void apply() throws SQLException {
		if (this.pending) {
			tell(this.mode);
			this.pending = false;
		}
	}

	private void tell(boolean wanted) throws SQLException {
		this.exchanges.run(() -> {
			boolean before = this.driver.getAutoCommit();
			this.driver.setAutoCommit(wanted);
			this.transaction.told(wanted, before);
		});
	}

	/**
	 * Runs a call to the driver, unless the connection is lost.
	 */
	@FunctionalInterface
	interface Exchanges {

		void run(GuardedConnection.VoidCall call) throws SQLException;

	}

}
