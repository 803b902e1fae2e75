package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

import io.github.connectionguard.transaction.CommitOutcomeUnknownException;

/**
 * How the transactions of one guarded connection end. What was lost with it cannot be
 * committed, and is rolled back already. Where nothing is open, the round trip is saved.
 */
final class TransactionEnd {

	private final Exchanges exchanges;

	private final Work work;

	TransactionEnd(Exchanges exchanges, Work work) {
		this.exchanges = exchanges;
		this.work = work;
	}

	/**
	 * Commit. If the connection is lost before the answer comes, nobody knows. Others may
	 * see the loss at any moment, so from here on only the driver tells.
	 */
	void commit() throws SQLException {
		try {
			sendCommit();
		}
		catch (SQLException ex) {
			boolean unknown = ex instanceof CommitOutcomeUnknownException;
			this.exchanges.physical().ledger().tell((listener) -> listener.commitFailed(unknown));
			throw ex;
		}
	}

	private void sendCommit() throws SQLException {
		if (isNothingToEnd()) {
			return;
		}
		this.exchanges.requireAlive();
		this.work.applyMode();
		Connection driver = driver();
		boolean sendable = !driver.isClosed();
		try {
			this.exchanges.talk(driver::commit);
		}
		catch (SQLException ex) {
			boolean lost = isLostBy(ex);
			if (!lost) {
				this.work.transaction().commitFailed();
			}
			throw (lost && sendable) ? new CommitOutcomeUnknownException(ex) : ex;
		}
		this.work.transaction().ended();
	}

	/**
	 * Roll back, which the server does by itself if the connection is lost.
	 */
	void rollback() throws SQLException {
		if (isNothingToEnd()) {
			return;
		}
		try {
			this.work.applyMode();
			this.exchanges.run(driver()::rollback);
		}
		catch (SQLException ex) {
			if (!isLostBy(ex)) {
				throw ex;
			}
		}
		this.work.transaction().ended();
	}

	/**
	 * Roll back to a savepoint. MySQL Connector/J tells of a death there as at the end.
	 */
	void rollback(Savepoint savepoint) throws SQLException {
		this.work.applyMode();
		try {
			this.exchanges.run(() -> driver().rollback(savepoint));
		}
		catch (SQLException ex) {
			isLostBy(ex);
			throw ex;
		}
	}

	/**
	 * Tell whether a commit or rollback would change nothing and is not sent. Auto-commit
	 * mode is left to the driver, which refuses there.
	 */
	private boolean isNothingToEnd() throws SQLException {
		if (this.exchanges.isReportOnly() || this.work.mayBeOpen()) {
			return false;
		}
		if (this.exchanges.isLost()) {
			return true;
		}
		boolean nothing = !driver().isClosed() && !this.work.getAutoCommit();
		if (nothing) {
			this.exchanges.spare(1);
		}
		return nothing;
	}

	/**
	 * Tell whether an exception at the end of a transaction came of a death, and not the
	 * driver alone is to tell of it. MySQL Connector/J says there what the AWS driver
	 * says of a connection that works, so the connection itself has to tell.
	 */
	private boolean isLostBy(SQLException exception) throws SQLException {
		PhysicalConnection ended = this.exchanges.physical();
		if (!ended.isLost() && ended.driver().isClosed()) {
			ended.lost(exception);
		}
		ended.wire().glance();
		return this.exchanges.isLost();
	}

	private Connection driver() {
		return this.exchanges.physical().driver();
	}

}
