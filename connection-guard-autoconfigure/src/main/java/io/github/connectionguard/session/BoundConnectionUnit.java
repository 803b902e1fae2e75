package io.github.connectionguard.session;

import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A connection bound to the thread, in manual commit mode, but not as an active
 * transaction: bare statements share it and end together, and a transaction manager runs
 * its transactions on it with boundaries of their own.
 */
final class BoundConnectionUnit implements UnitOfWork {

	private final DataSource dataSource;

	private final UnitConnectionHolder holder;

	private BoundConnectionUnit(DataSource dataSource, UnitConnectionHolder holder) {
		this.dataSource = dataSource;
		this.holder = holder;
	}

	/**
	 * Begin a unit, unless somebody has bound a connection before.
	 */
	static UnitOfWork begin(DataSource dataSource, UnitAttributes attributes) {
		if (TransactionSynchronizationManager.hasResource(dataSource)) {
			return NONE;
		}
		UnitConnectionHolder holder = new UnitConnectionHolder(dataSource, attributes);
		TransactionSynchronizationManager.bindResource(dataSource, holder);
		return new BoundConnectionUnit(dataSource, holder);
	}

	@Override
	public boolean isBusy() {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

	@Override
	public boolean isApart() {
		return isBusy();
	}

	@Override
	public void end(boolean commit) {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.dataSource);
		UnitConnection connection = this.holder.borrowed();
		if (connection == null) {
			return;
		}
		connection.transactionHasEnded();
		try {
			end(connection, commit);
		}
		catch (SQLException ex) {
			throw new TransactionSystemException(
					"Could not %s the session's work".formatted(commit ? "commit" : "roll back"), ex);
		}
		finally {
			JdbcUtils.closeConnection(connection);
		}
	}

	private void end(UnitConnection connection, boolean commit) throws SQLException {
		boolean whole = !connection.isDoomed() && !this.holder.isTimedOut();
		if (commit && whole) {
			connection.commit();
			return;
		}
		connection.rollback();
		if (commit) {
			throw this.holder.isTimedOut() ? SessionRolledBackException.becauseOfItsTimeout()
					: SessionRolledBackException.becauseOfADeadlock();
		}
	}

}
