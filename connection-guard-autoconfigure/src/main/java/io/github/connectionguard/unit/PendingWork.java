package io.github.connectionguard.unit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

import io.github.connectionguard.transaction.WorkInProgress;
import org.jspecify.annotations.Nullable;

/**
 * What was written on a connection of the pool and waits for the end of the unit. Keeps
 * it apart from transactions by a savepoint, and knows whether it is whole: where less is
 * left of it than was acknowledged to the application, none of it is committed. Knows
 * nothing of the mode in which the application believes the connection to be. Used by one
 * thread.
 */
final class PendingWork {

	private final Connection connection;

	private final WorkInProgress work;

	private final Surroundings surroundings;

	/**
	 * Whether reads belong together as well.
	 */
	private final boolean alwaysTogether;

	/**
	 * Whether statements end together, which is the auto-commit mode as it is.
	 */
	private boolean together;

	private boolean atOnce;

	private @Nullable Savepoint savepoint;

	/**
	 * Whether nothing has been written since the savepoint.
	 */
	private boolean rolledBack;

	/**
	 * Whether something was pending when the connection was lent last.
	 */
	private boolean pendingWhenLent;

	private boolean doomed;

	/**
	 * Whether the server has undone what was pending.
	 */
	private boolean undone;

	/**
	 * Create the work of a unit, which is none yet.
	 * @param connection a connection of the pool
	 * @param work what is done on it
	 * @param together whether the pool's connections are not in auto-commit mode
	 * @param alwaysTogether whether reads belong together as well
	 * @param surroundings know whether the unit has failed
	 */
	PendingWork(Connection connection, WorkInProgress work, boolean together, boolean alwaysTogether,
			Surroundings surroundings) throws SQLException {
		this.connection = connection;
		this.work = work;
		this.surroundings = surroundings;
		this.alwaysTogether = alwaysTogether;
		this.together = together;
		if (alwaysTogether) {
			join();
		}
	}

	private void join() throws SQLException {
		if (!this.together) {
			this.connection.setAutoCommit(false);
			this.together = true;
		}
	}

	/**
	 * Tell whether statements end together.
	 */
	boolean isTogether() {
		return this.together;
	}

	/**
	 * Tell whether statements take effect one by one because that was asked for.
	 */
	boolean isAtOnce() {
		return this.atOnce;
	}

	/**
	 * Tell whether something was written that waits for the end of the unit.
	 */
	boolean isWritten() {
		return this.together && this.work.hasWritten();
	}

	/**
	 * A statement that may write is about to run.
	 * @param join whether it is to wait for the end of the unit, unless statements take
	 * effect one by one
	 */
	void beforeWrite(boolean join) throws SQLException {
		this.rolledBack = false;
		if (join && !this.atOnce) {
			join();
		}
	}

	/**
	 * Have statements take effect one by one from now on, unless something is pending.
	 * @return whether they did not before
	 */
	boolean beginAtOnce() throws SQLException {
		if (this.atOnce || this.doomed || isWritten()) {
			return false;
		}
		if (this.together) {
			this.connection.setAutoCommit(true);
			this.together = false;
		}
		this.atOnce = true;
		return true;
	}

	void endAtOnce() throws SQLException {
		if (this.atOnce) {
			this.atOnce = false;
			if (this.alwaysTogether) {
				join();
			}
		}
	}

	/**
	 * End reads that went before a transaction, so that it sees the database as of now.
	 */
	void endReads() throws SQLException {
		if (this.together && !isWritten() && this.work.hasWorked()) {
			this.connection.commit();
		}
	}

	/**
	 * Begin a transaction of the application, and keep it apart from what is pending.
	 */
	void beginTransaction() throws SQLException {
		undoIfFailed();
		join();
		if (isWritten() && this.savepoint == null) {
			this.savepoint = this.connection.setSavepoint();
			this.rolledBack = true;
		}
		this.pendingWhenLent = false;
	}

	/**
	 * Commit a transaction, and what was written before it.
	 */
	void commitTransaction() throws SQLException {
		if (this.savepoint != null) {
			noteUndone();
		}
		try {
			this.connection.commit();
		}
		catch (SQLException ex) {
			this.doomed = this.doomed || this.savepoint != null;
			throw ex;
		}
		this.savepoint = null;
		this.pendingWhenLent = false;
	}

	/**
	 * Commit a transaction, and what was written before it, by having statements take
	 * effect one by one again. After a rollback to the savepoint, there is none.
	 */
	void commitByAutoCommit() throws SQLException {
		if (this.savepoint != null) {
			noteUndone();
			if (this.rolledBack) {
				this.savepoint = null;
				return;
			}
		}
		this.savepoint = null;
		try {
			this.connection.setAutoCommit(true);
			this.together = false;
		}
		catch (SQLException ex) {
			this.doomed = true;
			throw ex;
		}
	}

	/**
	 * Roll back a transaction, and no more than that, unless the server has undone what
	 * went before it, too: then the unit is not whole any more, and all of it goes.
	 */
	void rollBackTransaction() throws SQLException {
		Savepoint own = this.savepoint;
		if (own == null) {
			this.doomed = this.doomed || this.pendingWhenLent;
			this.connection.rollback();
			return;
		}
		noteUndone();
		if (this.doomed || !isRolledBackTo(own)) {
			this.connection.rollback();
		}
		this.rolledBack = true;
	}

	private boolean isRolledBackTo(Savepoint own) {
		try {
			this.connection.rollback(own);
			return true;
		}
		catch (SQLException ex) {
			this.doomed = true;
			return false;
		}
	}

	/**
	 * A transaction of a transaction manager has ended.
	 */
	void transactionHasEnded() {
		this.savepoint = null;
	}

	/**
	 * End what is pending before a transaction with attributes of its own begins.
	 */
	void endBeforeAttributes() throws SQLException {
		noteUndone();
		undoIfFailed();
		if (isWritten() && this.doomed) {
			this.connection.rollback();
		}
		else if (isWritten()) {
			commitBefore();
		}
	}

	/**
	 * Commit writes that went before a transaction, which begins in any case: Spring
	 * takes whatever is thrown here for a driver that knows no access mode.
	 */
	private void commitBefore() throws SQLException {
		try {
			this.connection.commit();
		}
		catch (SQLException ex) {
			this.doomed = true;
			throw ex;
		}
	}

	/**
	 * What is known to have failed is not committed by what begins after it.
	 */
	private void undoIfFailed() throws SQLException {
		if (isWritten() && this.savepoint == null && this.surroundings.isFailed()) {
			this.undone = this.undone || this.work.isUndone();
			this.connection.rollback();
		}
	}

	/**
	 * Once something else is committed, nobody can tell any more.
	 */
	private void noteUndone() {
		if (!this.doomed && this.together && this.work.isUndone()) {
			this.undone = true;
			this.doomed = true;
		}
	}

	/**
	 * Tell whether the server has undone what was pending.
	 */
	boolean isUndone() {
		return this.undone;
	}

	/**
	 * The connection is lent to code that may begin a transaction by itself.
	 */
	void isLent() {
		this.pendingWhenLent = isWritten();
	}

	/**
	 * Have the unit end in a rollback, as nobody can tell what is left of it.
	 */
	void doom() {
		this.doomed = true;
	}

	/**
	 * Tell whether the connection is lost with nothing on it that anybody counts on.
	 */
	boolean isReplaceable() {
		return this.work.isLost() && !isWritten() && !this.doomed;
	}

	/**
	 * Tell whether nothing waits for the end of the unit.
	 */
	boolean isNone() {
		return !isWritten() && !this.doomed && !this.atOnce;
	}

	/**
	 * Commit what was written before the end of the unit, or roll it back where that is
	 * known to be its end.
	 * @param used whether code is in the middle of using the connection
	 * @return whether it was committed
	 */
	boolean commitEarly(boolean used) {
		if (!isWritten()) {
			return false;
		}
		try {
			noteUndone();
			if (this.doomed || this.surroundings.isFailed()) {
				this.connection.rollback();
				return false;
			}
			this.connection.commit();
			return true;
		}
		catch (SQLException ex) {
			this.doomed = this.doomed || !used || this.work.isLost();
			return false;
		}
	}

	/**
	 * Commit or roll back the unit.
	 * @return whether that is what was done: if less would be committed than was
	 * acknowledged to the application, what there is is rolled back
	 */
	boolean end(boolean commit) throws SQLException {
		this.savepoint = null;
		noteUndone();
		boolean whole = !this.doomed;
		if (this.together && commit && whole) {
			this.connection.commit();
		}
		else if (this.together) {
			this.connection.rollback();
		}
		return whole || !commit;
	}

}
