package io.github.connectionguard.session;

import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A connection bound to the thread, in manual commit mode, but not as an active
 * transaction: bare statements share it and end together, and a transaction manager runs
 * its transactions on it with boundaries of their own.
 */
final class BoundConnectionUnit implements UnitOfWork {

	private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

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
	public boolean isUntouched() {
		return this.holder.borrowed() == null;
	}

	/**
	 * Also while somebody uses the connection, as to read the rows of a result one by
	 * one.
	 */
	@Override
	public boolean isBusy() {
		return isApart() || this.holder.isOpen();
	}

	@Override
	public boolean isApart() {
		return TransactionSynchronizationManager.isActualTransactionActive();
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
			throw failure(commit ? "commit" : "roll back", ex);
		}
		finally {
			JdbcUtils.closeConnection(connection);
		}
	}

	/**
	 * Fail as {@code JdbcTransactionManager} does. What is no failure of the access to
	 * data Spring would take for a client that has gone away, and drop, as there is an
	 * end of stream among the causes.
	 */
	private static RuntimeException failure(String task, SQLException exception) {
		DataAccessException translated = TRANSLATOR.translate("Session " + task, null, exception);
		return (translated != null) ? translated
				: new TransactionSystemException("Could not %s the session's work".formatted(task), exception);
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
					: SessionRolledBackException.becauseAPartIsLost();
		}
	}

}
