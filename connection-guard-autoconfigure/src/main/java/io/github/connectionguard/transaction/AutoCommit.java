package io.github.connectionguard.transaction;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The auto-commit mode as it was set, which the server is told only when a statement is
 * about to run in another one. So what a pool sets back when a connection is returned,
 * and the next transaction sets again, costs nothing.
 */
public final class AutoCommit {

	private final Connection driver;

	private final SessionTransaction transaction;

	private final Exchanges exchanges;

	private boolean pending;

	private boolean mode;

	/**
	 * Create the mode of a session, as the driver has it.
	 * @param driver the driver's connection
	 * @param transaction what is proven of the session's transaction
	 * @param exchanges how the server is told
	 */
	public AutoCommit(Connection driver, SessionTransaction transaction, Exchanges exchanges) {
		this.driver = driver;
		this.transaction = transaction;
		this.exchanges = exchanges;
	}

	/**
	 * Return the mode that was set.
	 * @return whether the connection is in auto-commit mode, for whoever uses it
	 * @throws SQLException if the driver cannot tell
	 */
	public boolean get() throws SQLException {
		return (this.pending && !this.driver.isClosed()) ? this.mode : this.driver.getAutoCommit();
	}

	/**
	 * Set the mode when a statement is about to run in another one.
	 * @param wanted the mode
	 * @return whether this takes a change back of which the server need not know any more
	 */
	public boolean defer(boolean wanted) {
		boolean before = this.pending;
		this.pending = !this.transaction.isIn(wanted);
		this.mode = wanted;
		return before && !this.pending;
	}

	/**
	 * Set the mode now.
	 * @param wanted the mode
	 * @throws SQLException if the server could not be told
	 */
	public void set(boolean wanted) throws SQLException {
		apply();
		tell(wanted);
	}

	/**
	 * Bring the server into the mode that was set. If that fails, it is still to be done.
	 * @throws SQLException if the server could not be told
	 */
	public void apply() throws SQLException {
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
	 * How a call that changes the mode comes to the driver.
	 */
	@FunctionalInterface
	public interface Exchanges {

		/**
		 * Run a call, unless the connection is lost.
		 * @param call the call
		 * @throws SQLException if it fails
		 */
		void run(VoidCall call) throws SQLException;

	}

}
