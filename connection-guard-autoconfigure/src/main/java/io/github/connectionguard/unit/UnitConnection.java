package io.github.connectionguard.unit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

import io.github.connectionguard.connection.DelegatingConnection;
import io.github.connectionguard.transaction.WorkInProgress;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.support.JdbcUtils;

/**
 * The connection of a unit of work, as the application sees it. Statements that only read
 * run on it as without the unit; the first one that may write has it leave auto-commit
 * mode, unseen by the application, so that the unit's statements end together. The
 * application's own transactions, and those of its libraries, run between bare
 * statements; {@link PendingWork} keeps them apart. Used by one thread.
 */
final class UnitConnection extends DelegatingConnection implements WorkInProgress.BeforeWrite {

	private final WorkInProgress work;

	private final PendingWork pending;

	private final UnitAttributes attributes;

	private final UnitNotices notices;

	private final Owner owner;

	/**
	 * The auto-commit mode of the pool's connections.
	 */
	private final boolean home;

	/**
	 * The mode as the application has set it.
	 */
	private boolean autoCommit;

	private boolean beginning;

	/**
	 * When something was written first that waits for the end of the unit, zero if
	 * nothing was.
	 */
	private long writtenAt;

	private @Nullable Throwable written;

	/**
	 * Create a connection.
	 * @param delegate a connection of the pool
	 * @param attributes how the unit uses it; unless it is to use it as it comes, its
	 * reads belong together as well
	 * @param notices told of what it costs
	 * @param surroundings know whether the unit has failed
	 * @param owner the unit
	 */
	UnitConnection(Connection delegate, UnitAttributes attributes, UnitNotices notices, Surroundings surroundings,
			Owner owner) throws SQLException {
		super(delegate);
		this.work = WorkInProgress.on(delegate);
		this.attributes = attributes;
		this.notices = notices;
		this.owner = owner;
		this.home = delegate.getAutoCommit();
		this.autoCommit = this.home;
		this.pending = new PendingWork(delegate, this.work, !this.home, !this.home || !attributes.isDefault(),
				surroundings);
		this.work.beforeWrites(this);
	}

	/**
	 * A statement that may write is about to run.
	 */
	@Override
	public void run() throws SQLException {
		boolean first = !this.pending.isWritten();
		this.pending.beforeWrite(this.autoCommit);
		if (!this.pending.isAtOnce() && this.autoCommit == this.home) {
			this.work.beforeBorrows(this.owner::anotherIsBorrowed);
			if (first && !this.pending.isUndone()) {
				this.writtenAt = System.nanoTime();
				this.written = this.notices.written();
			}
		}
	}

	/**
	 * Have statements take effect one by one from now on, unless something that was
	 * written waits for the end of the unit.
	 * @return whether they did not before
	 */
	boolean beginAtOnce() throws SQLException {
		return this.pending.beginAtOnce();
	}

	void endAtOnce() throws SQLException {
		this.pending.endAtOnce();
	}

	/**
	 * A transaction of a transaction manager is about to begin, which sets its attributes
	 * first. Ends reads that went before, so that it sees the database as of now.
	 */
	void transactionBegins() throws SQLException {
		endAtOnce();
		this.beginning = true;
		this.pending.endReads();
	}

	/**
	 * A transaction of a transaction manager has begun.
	 */
	void transactionHasBegun() throws SQLException {
		this.beginning = false;
		this.pending.beginTransaction();
	}

	/**
	 * A transaction of a transaction manager has ended.
	 */
	void transactionHasEnded() {
		this.beginning = false;
		this.pending.transactionHasEnded();
	}

	/**
	 * The connection goes to code that runs outside of a transaction manager's
	 * transactions.
	 */
	void isLent() {
		endForgotten();
		this.pending.isLent();
	}

	/**
	 * End a transaction that code began by itself and did not end, as the pool would if
	 * it got the connection back.
	 */
	void endForgotten() {
		this.beginning = false;
		if (this.autoCommit != this.home) {
			try {
				if (!this.autoCommit) {
					rollback();
				}
				setAutoCommit(this.home);
			}
			catch (SQLException ex) {
				this.autoCommit = this.home;
				this.pending.doom();
			}
		}
	}

	/**
	 * Tell whether the connection is lost with nothing on it that anybody counts on.
	 */
	boolean isReplaceable() {
		return this.pending.isReplaceable();
	}

	/**
	 * Tell whether nothing on the connection waits for the end of the unit.
	 */
	boolean isFree() {
		return this.pending.isNone() && this.attributes.isDefault();
	}

	/**
	 * Tell whether something was written that waits for the end of the unit.
	 */
	boolean isWritten() {
		return this.pending.isWritten();
	}

	/**
	 * Commit or roll back the unit.
	 * @return whether that is what was done
	 */
	boolean end(boolean commit) throws SQLException {
		boolean kept = this.writtenAt != 0 && this.pending.isWritten();
		boolean done = this.pending.end(commit);
		if (kept && !this.pending.isUndone()) {
			this.notices.ended(Duration.ofNanos(System.nanoTime() - this.writtenAt), this.written);
		}
		return done;
	}

	/**
	 * Commit what was written outside of transactions, or roll it back where that is
	 * known to be its end.
	 * @param used whether code is in the middle of using the connection
	 * @return whether it was committed
	 */
	boolean commitEarly(boolean used) {
		return this.autoCommit == this.home && !(used && !this.home) && this.pending.commitEarly(used);
	}

	/**
	 * Nobody uses the connection for the moment, and it is not given back.
	 * @param kept told of the pool's connection
	 */
	void isKept(Consumer<Connection> kept) {
		kept.accept(delegate());
	}

	/**
	 * Give the connection back to the pool.
	 */
	void giveBack() {
		if (this.writtenAt != 0 && this.pending.isUndone()) {
			this.notices.undone(this.written);
		}
		JdbcUtils.closeConnection(delegate());
	}

	/**
	 * The access mode of a transaction counts from its first statement on, so writes that
	 * went before cannot share it. They are committed, as they would be at its end. A
	 * unit that only reads does so to its end.
	 */
	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		if (this.attributes.readOnly()) {
			return;
		}
		if (this.beginning) {
			this.pending.endBeforeAttributes();
		}
		super.setReadOnly(readOnly);
	}

	/**
	 * As with the access mode.
	 */
	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		if (this.beginning) {
			this.pending.endBeforeAttributes();
		}
		super.setTransactionIsolation(level);
	}

	@Override
	public boolean getAutoCommit() {
		return this.autoCommit;
	}

	/**
	 * Begin or end a transaction, as code does that has been told it is in auto-commit
	 * mode.
	 */
	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		if (autoCommit == this.autoCommit) {
			return;
		}
		if (autoCommit) {
			this.pending.commitByAutoCommit();
		}
		else {
			this.pending.beginTransaction();
		}
		this.autoCommit = autoCommit;
	}

	/**
	 * Commit a transaction, and what was written before it. In auto-commit mode there is
	 * none.
	 */
	@Override
	public void commit() throws SQLException {
		if (!isWaiting()) {
			this.pending.commitTransaction();
		}
	}

	/**
	 * Roll back a transaction, and no more than that.
	 */
	@Override
	public void rollback() throws SQLException {
		if (!isWaiting()) {
			this.pending.rollBackTransaction();
		}
	}

	/**
	 * Tell whether the application believes to be in auto-commit mode and is not.
	 */
	private boolean isWaiting() {
		return this.autoCommit && this.pending.isTogether();
	}

	@Override
	protected <T> T own(Class<T> type, T made) {
		return UnitOwned.of(this, type, made);
	}

	@Override
	public void close() {
		this.owner.closed(this);
	}

	/**
	 * The unit a connection belongs to.
	 */
	interface Owner {

		/**
		 * The application has closed the connection.
		 */
		void closed(UnitConnection connection);

		/**
		 * The thread is about to borrow another connection of the pool.
		 */
		void anotherIsBorrowed();

	}

}
