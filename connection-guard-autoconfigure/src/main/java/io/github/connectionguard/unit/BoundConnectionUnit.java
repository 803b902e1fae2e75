package io.github.connectionguard.unit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.connectionguard.outcome.UnitEnd;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A connection bound to the thread, but not as an active transaction: bare statements
 * share it from the first one on that may write, and end together, and a transaction
 * manager runs its transactions on it with boundaries of their own.
 */
final class BoundConnectionUnit implements UnitOfWork {

	private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

	private final DataSource dataSource;

	private final UnitConnectionHolder holder;

	private final UnitNotices notices;

	private boolean touched;

	private BoundConnectionUnit(DataSource dataSource, UnitConnectionHolder holder, UnitNotices notices) {
		this.dataSource = dataSource;
		this.holder = holder;
		this.notices = notices;
	}

	/**
	 * Begin a unit, unless somebody has bound a connection before.
	 * @param kept told of a borrowed connection that is kept while nobody uses it
	 */
	static UnitOfWork begin(DataSource dataSource, UnitAttributes attributes, UnitNotices notices,
			Consumer<Connection> kept, Surroundings surroundings) {
		if (isBound(dataSource)) {
			return NONE;
		}
		UnitConnectionHolder holder = new UnitConnectionHolder(dataSource, attributes, notices, kept, surroundings);
		TransactionSynchronizationManager.bindResource(dataSource, holder);
		return new BoundConnectionUnit(dataSource, holder, notices);
	}

	/**
	 * Tell whether something is bound. Most threads have nothing at all, which is less to
	 * ask.
	 */
	private static boolean isBound(DataSource dataSource) {
		return !TransactionSynchronizationManager.getResourceMap().isEmpty()
				&& TransactionSynchronizationManager.hasResource(dataSource);
	}

	@Override
	public boolean isUntouched() {
		return this.holder.borrowed() == null;
	}

	@Override
	public boolean isWaiting() {
		UnitConnection connection = this.holder.borrowed();
		return connection != null && connection.isWritten();
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
		this.touched = true;
		try {
			end(connection, commit);
		}
		catch (SQLException ex) {
			throw failure(commit ? "commit" : "roll back", ex);
		}
		finally {
			connection.giveBack();
		}
	}

	@Override
	public void ended(UnitEnd end) {
		if (this.touched) {
			this.notices.ended(end);
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
		boolean timedOut = this.holder.isTimedOut();
		boolean whole = connection.end(commit && !timedOut);
		if (commit && timedOut) {
			throw SessionRolledBackException.becauseOfItsTimeout();
		}
		if (!whole) {
			throw SessionRolledBackException.becauseAPartIsLost();
		}
	}

}
