package io.github.connectionguard.session;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds the connection of a unit of work, borrowed when it is first asked for. A
 * transaction manager for the same data source finds this holder and runs its
 * transactions on it; from what it says to the holder the connection learns where they
 * begin and end. Used by one thread.
 */
final class UnitConnectionHolder extends ConnectionHolder {

	private final Borrowing borrowing;

	private final @Nullable Deadline deadline;

	private boolean limitedByTransaction;

	private boolean timedOut;

	UnitConnectionHolder(DataSource dataSource, UnitAttributes attributes) {
		this(new Borrowing(dataSource, attributes), attributes.deadline());
	}

	private UnitConnectionHolder(Borrowing borrowing, @Nullable Deadline deadline) {
		super(borrowing);
		this.borrowing = borrowing;
		this.deadline = deadline;
		limitBySession();
	}

	private void limitBySession() {
		this.limitedByTransaction = false;
		if (this.deadline != null) {
			super.setTimeoutInMillis(this.deadline.millisLeft());
		}
	}

	/**
	 * Limit a transaction, which ends no later than the session.
	 */
	@Override
	public void setTimeoutInMillis(long millis) {
		if (this.deadline == null || millis < this.deadline.millisLeft()) {
			this.limitedByTransaction = true;
			super.setTimeoutInMillis(millis);
		}
	}

	@Override
	public long getTimeToLiveInMillis() {
		try {
			return super.getTimeToLiveInMillis();
		}
		catch (TransactionTimedOutException ex) {
			if (this.limitedByTransaction) {
				throw ex;
			}
			this.timedOut = true;
			throw new TransactionTimedOutException(
					"The session has run for longer than @DatabaseSession or connection-guard.session.timeout allows",
					ex);
		}
	}

	/**
	 * Tell whether a statement was refused because the session's time was over.
	 */
	boolean isTimedOut() {
		return this.timedOut;
	}

	/**
	 * Return the connection, if it was borrowed.
	 */
	@Nullable UnitConnection borrowed() {
		return this.borrowing.connection;
	}

	/**
	 * Return the connection, which may be another one than in the last transaction. In a
	 * method that is transactional but has no transaction, its statements take effect one
	 * by one, unless something that was written before waits for the end of the unit.
	 */
	@Override
	public Connection getConnection() {
		UnitConnection connection = this.borrowing.getConnection();
		boolean atOnce = isWithoutTransaction() && connection.mayBeAtOnce();
		if (atOnce != connection.isAtOnce()) {
			tell((its) -> its.setAtOnce(atOnce));
			if (atOnce) {
				TransactionSynchronizationManager.registerSynchronization(new WithoutTransaction());
			}
		}
		return connection;
	}

	/**
	 * Tell whether the thread is in a method without a transaction, as of
	 * {@code SUPPORTS}, that was called in the session and not around it.
	 */
	private static boolean isWithoutTransaction() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& !TransactionSynchronizationManager.isActualTransactionActive() && !Session.isWithinMethod();
	}

	@Override
	public void setSynchronizedWithTransaction(boolean synchronizedWithTransaction) {
		super.setSynchronizedWithTransaction(synchronizedWithTransaction);
		if (synchronizedWithTransaction) {
			this.borrowing.replaceIfLost();
			tell(UnitConnection::transactionBegins);
		}
	}

	/**
	 * A transaction whose begin failed has not taken the connection.
	 */
	@Override
	public boolean isSynchronizedWithTransaction() {
		return super.isSynchronizedWithTransaction() && isTransactionActive();
	}

	@Override
	protected void setTransactionActive(boolean transactionActive) {
		super.setTransactionActive(transactionActive);
		if (transactionActive) {
			tell(UnitConnection::transactionHasBegun);
		}
	}

	@Override
	public void clear() {
		boolean stillUsed = isOpen();
		super.clear();
		limitBySession();
		tell(UnitConnection::transactionHasEnded);
		if (!stillUsed) {
			this.borrowing.giveBackIfFree();
		}
	}

	private void tell(Message message) {
		UnitConnection connection = this.borrowing.connection;
		if (connection != null) {
			try {
				message.to(connection);
			}
			catch (SQLException ex) {
				throw new TransactionSystemException("Could not end the work before a transaction", ex);
			}
		}
	}

	/**
	 * Ends what a method without a transaction needs of the connection.
	 */
	private final class WithoutTransaction implements TransactionSynchronization {

		@Override
		public void suspend() {
			end();
		}

		@Override
		public void afterCompletion(int status) {
			end();
		}

		private void end() {
			if (!isOpen()) {
				UnitConnectionHolder.this.borrowing.giveBackIfFree();
				tell((connection) -> connection.setAtOnce(false));
			}
		}

	}

	/**
	 * Something a connection is told.
	 */
	@FunctionalInterface
	private interface Message {

		void to(UnitConnection connection) throws SQLException;

	}

	/**
	 * Borrows a connection when there is none.
	 */
	private static final class Borrowing implements ConnectionHandle {

		private final DataSource dataSource;

		private final UnitAttributes attributes;

		private @Nullable UnitConnection connection;

		Borrowing(DataSource dataSource, UnitAttributes attributes) {
			this.dataSource = dataSource;
			this.attributes = attributes;
		}

		@Override
		public UnitConnection getConnection() {
			UnitConnection current = this.connection;
			if (current == null) {
				current = borrow();
				this.connection = current;
			}
			return current;
		}

		/**
		 * Give back a connection that died in an earlier transaction, as the application
		 * may repeat that on another.
		 */
		void replaceIfLost() {
			UnitConnection current = this.connection;
			if (current != null && current.isReplaceable()) {
				giveBack(current);
			}
		}

		/**
		 * Give back a connection that served transactions only, as their manager would.
		 * One with attributes of the session is kept, as those take round trips to set.
		 */
		void giveBackIfFree() {
			UnitConnection current = this.connection;
			if (current != null && current.isFree() && this.attributes.isDefault()) {
				giveBack(current);
			}
		}

		private void giveBack(UnitConnection current) {
			this.connection = null;
			JdbcUtils.closeConnection(current);
		}

		private UnitConnection borrow() {
			try {
				Connection connection = this.dataSource.getConnection();
				try {
					prepare(connection);
					return new UnitConnection(connection, this.attributes.readOnly());
				}
				catch (SQLException | RuntimeException ex) {
					connection.close();
					throw ex;
				}
			}
			catch (SQLException ex) {
				throw new CannotGetJdbcConnectionException("Failed to obtain JDBC Connection", ex);
			}
		}

		/**
		 * Set what the pool restores when it gets the connection back.
		 */
		private void prepare(Connection connection) throws SQLException {
			if (this.attributes.readOnly()) {
				connection.setReadOnly(true);
			}
			if (this.attributes.isolation() != TransactionDefinition.ISOLATION_DEFAULT) {
				connection.setTransactionIsolation(this.attributes.isolation());
			}
			if (connection.getAutoCommit()) {
				connection.setAutoCommit(false);
			}
		}

	}

}
