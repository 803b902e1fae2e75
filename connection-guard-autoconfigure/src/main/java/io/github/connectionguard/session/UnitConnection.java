package io.github.connectionguard.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

import io.github.connectionguard.connection.DelegatingConnection;
import io.github.connectionguard.connection.WorkInProgress;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a unit of work, on which the application's own transactions run
 * between bare statements. Their begin ends reads that went before, so that they see the
 * database as of now; writes that went before are kept apart by a savepoint, so that a
 * transaction that is rolled back takes nothing else with it. Used by one thread.
 */
final class UnitConnection extends DelegatingConnection {

	private final WorkInProgress work;

	private final boolean readOnly;

	private boolean atOnce;

	private boolean bare;

	private Phase phase = Phase.OUTSIDE;

	private @Nullable Savepoint savepoint;

	private boolean doomed;

	UnitConnection(Connection delegate, boolean readOnly) throws SQLException {
		super(delegate);
		this.readOnly = readOnly;
		this.work = delegate.unwrap(WorkInProgress.class);
	}

	/**
	 * Tell whether statements take effect one by one.
	 */
	boolean isAtOnce() {
		return this.atOnce;
	}

	/**
	 * Tell whether statements may take effect one by one, as nothing that was written
	 * waits for the end of the unit.
	 */
	boolean mayBeAtOnce() {
		return this.atOnce || (!this.work.hasWritten() && !this.doomed);
	}

	/**
	 * Have statements take effect one by one, or together.
	 */
	void setAtOnce(boolean atOnce) throws SQLException {
		if (atOnce != this.atOnce) {
			this.bare = this.bare || (atOnce && this.work.hasWorked());
			delegate().setAutoCommit(atOnce);
			this.atOnce = atOnce;
		}
	}

	/**
	 * A transaction of the application is about to begin.
	 */
	void transactionBegins() throws SQLException {
		this.phase = Phase.BEGINNING;
		setAtOnce(false);
		this.bare = this.bare || this.work.hasWorked();
		if (this.work.hasWorked() && !this.work.hasWritten()) {
			delegate().commit();
		}
	}

	/**
	 * A transaction of the application has begun.
	 */
	void transactionHasBegun() throws SQLException {
		this.phase = Phase.INSIDE;
		if (this.work.hasWritten()) {
			this.savepoint = delegate().setSavepoint();
		}
	}

	/**
	 * The transaction of the application has ended. What its callbacks did after that is
	 * committed, as it is when the mode of a connection goes back to auto-commit.
	 */
	void transactionHasEnded() {
		Phase before = this.phase;
		this.phase = Phase.OUTSIDE;
		this.savepoint = null;
		if (before == Phase.COMPLETED) {
			commitWorkAfter();
		}
	}

	private void transactionIsCompleted() {
		if (this.phase == Phase.INSIDE) {
			this.phase = Phase.COMPLETED;
		}
	}

	private void commitWorkAfter() {
		try {
			if (this.work.hasWorked()) {
				delegate().commit();
			}
		}
		catch (SQLException ex) {
			this.doomed = true;
		}
	}

	/**
	 * Tell whether the connection is lost with nothing on it that anybody counts on, so
	 * that another may take its place.
	 */
	boolean isReplaceable() {
		return this.work.isLost() && !this.work.hasWritten() && !this.doomed;
	}

	/**
	 * Tell whether the connection served nothing but transactions and methods without
	 * one, all of which have told how they ended.
	 */
	boolean isFree() {
		return !this.bare && !this.doomed && (this.atOnce || !this.work.hasWorked() || this.work.isLost());
	}

	/**
	 * Tell whether less would be committed than was acknowledged to the application.
	 */
	boolean isDoomed() {
		return this.doomed || (!this.atOnce && this.work.isUndone());
	}

	/**
	 * The access mode of a transaction counts from its first statement on, so writes that
	 * went before cannot share it. They are committed, as they would be at its end. A
	 * unit that only reads does so to its end.
	 */
	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		if (this.readOnly) {
			return;
		}
		commitWritesBefore();
		super.setReadOnly(readOnly);
	}

	/**
	 * As with the access mode.
	 */
	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		commitWritesBefore();
		super.setTransactionIsolation(level);
	}

	private void commitWritesBefore() throws SQLException {
		if (this.phase == Phase.BEGINNING && this.work.hasWritten()) {
			delegate().commit();
		}
	}

	@Override
	public void commit() throws SQLException {
		if (this.atOnce) {
			return;
		}
		super.commit();
		transactionIsCompleted();
	}

	@Override
	public void rollback() throws SQLException {
		if (this.atOnce) {
			return;
		}
		Savepoint own = this.savepoint;
		if (own == null) {
			super.rollback();
			transactionIsCompleted();
			return;
		}
		this.savepoint = null;
		try {
			super.rollback(own);
		}
		catch (SQLException ex) {
			this.doomed = true;
			throw ex;
		}
	}

	/**
	 * How far a transaction of the application is.
	 */
	private enum Phase {

		OUTSIDE, BEGINNING, INSIDE,

		/**
		 * Committed or rolled back, but its callbacks may still use the connection.
		 */
		COMPLETED

	}

}
