package io.github.connectionguard.unit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.jdbc.datasource.ConnectionHolder;
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

	private final UnitNotices notices;

	private final Surroundings surroundings;

	private boolean limitedByTransaction;

	private boolean timedOut;

	UnitConnectionHolder(DataSource dataSource, UnitAttributes attributes, UnitNotices notices,
			Consumer<Connection> kept, Surroundings surroundings) {
		this(new Borrowing(dataSource, attributes, notices, kept, surroundings), attributes.deadline(), notices,
				surroundings);
	}

	private UnitConnectionHolder(Borrowing borrowing, @Nullable Deadline deadline, UnitNotices notices,
			Surroundings surroundings) {
		super(borrowing);
		this.borrowing = borrowing;
		this.deadline = deadline;
		this.notices = notices;
		this.surroundings = surroundings;
		borrowing.holder = this;
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
	 * Return the connection, which may be another one than last time. In a method that is
	 * transactional but has no transaction, its statements take effect one by one, unless
	 * something that was written before waits for the end of the unit.
	 */
	@Override
	public Connection getConnection() {
		UnitConnection connection = this.borrowing.getConnection();
		tell(isWithoutTransaction() ? this::beginAtOnce : UnitConnection::endAtOnce);
		return connection;
	}

	private void beginAtOnce(UnitConnection connection) throws SQLException {
		if (connection.beginAtOnce()) {
			TransactionSynchronizationManager.registerSynchronization(new WithoutTransaction());
		}
	}

	@Override
	public void requested() {
		if (!isOpen() && !isSynchronizedWithTransaction()) {
			tell(UnitConnection::isLent);
		}
		super.requested();
	}

	/**
	 * Note that the connection is not used for the moment. Outside of a transaction, one
	 * with nothing on it goes back to the pool.
	 */
	@Override
	public void released() {
		if (!isOpen()) {
			return;
		}
		super.released();
		if (!isOpen() && !isSynchronizedWithTransaction()) {
			tell(UnitConnection::endForgotten);
			this.borrowing.giveBackIfFree();
		}
	}

	/**
	 * Tell whether the thread is in a method without a transaction, as of
	 * {@code SUPPORTS}, that was called in the session and not around it.
	 */
	private boolean isWithoutTransaction() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& !TransactionSynchronizationManager.isActualTransactionActive()
				&& !this.surroundings.isWithinMethod();
	}

	/**
	 * Commit what the thread would otherwise hold while it waits for another connection,
	 * which may in turn wait for that. A transaction of the application's own is not
	 * touched.
	 */
	private void commitEarly() {
		UnitConnection connection = this.borrowing.connection;
		if (connection == null || isSynchronizedWithTransaction()) {
			return;
		}
		if (connection.commitEarly(isOpen())) {
			this.notices.committedEarly();
		}
		if (!isOpen()) {
			this.borrowing.giveBackIfFree();
		}
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
		tell((connection) -> connection.transactionHasEnded());
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
				tell(UnitConnection::endAtOnce);
				UnitConnectionHolder.this.borrowing.giveBackIfFree();
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
	private static final class Borrowing implements ConnectionHandle, UnitConnection.Owner {

		private final DataSource dataSource;

		private final UnitAttributes attributes;

		private final UnitNotices notices;

		private final Consumer<Connection> kept;

		private final Surroundings surroundings;

		private @Nullable UnitConnection connection;

		private @Nullable UnitConnectionHolder holder;

		Borrowing(DataSource dataSource, UnitAttributes attributes, UnitNotices notices, Consumer<Connection> kept,
				Surroundings surroundings) {
			this.dataSource = dataSource;
			this.attributes = attributes;
			this.notices = notices;
			this.kept = kept;
			this.surroundings = surroundings;
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
		 * Give back a connection with nothing on it. One with attributes of the session
		 * is kept, as those take round trips to set.
		 */
		void giveBackIfFree() {
			UnitConnection current = this.connection;
			if (current != null && current.isFree()) {
				giveBack(current);
			}
			else if (current != null) {
				current.isKept(this.kept);
			}
		}

		private void giveBack(UnitConnection current) {
			this.connection = null;
			current.giveBack();
		}

		private UnitConnection borrow() {
			try {
				Connection borrowed = this.dataSource.getConnection();
				try {
					prepare(borrowed);
					return new UnitConnection(borrowed, this.attributes, this.notices, this.surroundings, this);
				}
				catch (SQLException | RuntimeException ex) {
					borrowed.close();
					throw ex;
				}
			}
			catch (SQLException ex) {
				throw new CannotGetJdbcConnectionException("Failed to obtain JDBC Connection", ex);
			}
		}

		/**
		 * Code that closes a connection it was given has no more use for it.
		 */
		@Override
		public void closed(UnitConnection closed) {
			if (closed == this.connection && this.holder != null) {
				this.holder.released();
			}
		}

		@Override
		public void anotherIsBorrowed() {
			if (this.holder != null) {
				this.holder.commitEarly();
			}
		}

		/**
		 * Set what the pool restores when it gets the connection back.
		 */
		private void prepare(Connection borrowed) throws SQLException {
			if (this.attributes.readOnly()) {
				borrowed.setReadOnly(true);
			}
			if (this.attributes.isolation() != TransactionDefinition.ISOLATION_DEFAULT) {
				borrowed.setTransactionIsolation(this.attributes.isolation());
			}
		}

	}

}
