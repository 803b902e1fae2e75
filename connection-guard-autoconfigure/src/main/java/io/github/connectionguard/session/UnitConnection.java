package io.github.connectionguard.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Consumer;

import io.github.connectionguard.connection.DelegatingConnection;
import io.github.connectionguard.transaction.WorkInProgress;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.support.JdbcUtils;

/**
 * The connection of a unit of work. Statements that only read run on it as without the
 * unit; the first one that may write has it leave auto-commit mode, unseen by the
 * application, so that the unit's statements end together. The application's own
 * transactions, and those of its libraries, run between bare statements: what was written
 * before one is kept apart by a savepoint, so that a transaction that is rolled back
 * takes nothing else with it. Used by one thread.
 */
final class UnitConnection extends DelegatingConnection {

	private final WorkInProgress work;

	private final UnitAttributes attributes;

	private final Owner owner;

	/**
	 * The auto-commit mode of the pool's connections.
	 */
	private final boolean home;

	/**
	 * The mode as the application has set it.
	 */
	private boolean autoCommit;

	/**
	 * The mode as it is.
	 */
	private boolean together;

	private boolean atOnce;

	private boolean beginning;

	private @Nullable Savepoint savepoint;

	/**
	 * Whether nothing has been written since the savepoint.
	 */
	private boolean rolledBack;

	/**
	 * Whether something waited for the end of the unit when the connection was lent last.
	 */
	private boolean waitingBefore;

	private boolean doomed;

	/**
	 * Create a connection.
	 * @param delegate a connection of the pool
	 * @param attributes how the unit uses it; unless it is to use it as it comes, its
	 * reads belong together as well
	 * @param owner the unit
	 */
	UnitConnection(Connection delegate, UnitAttributes attributes, Owner owner) throws SQLException {
		super(delegate);
		this.work = WorkInProgress.on(delegate);
		this.attributes = attributes;
		this.owner = owner;
		this.home = delegate.getAutoCommit();
		this.autoCommit = this.home;
		this.together = !this.home;
		if (!attributes.isDefault()) {
			joinUnit();
		}
		this.work.beforeWrites(this::beforeWrite);
	}

	private void beforeWrite() throws SQLException {
		this.rolledBack = false;
		if (!this.atOnce) {
			if (this.autoCommit) {
				joinUnit();
			}
			if (this.autoCommit == this.home) {
				this.work.beforeBorrows(this.owner::anotherIsBorrowed);
			}
		}
	}

	private void joinUnit() throws SQLException {
		if (!this.together) {
			delegate().setAutoCommit(false);
			this.together = true;
		}
	}

	/**
	 * Tell whether something was written that waits for the end of the unit.
	 */
	private boolean isWritten() {
		return this.together && this.work.hasWritten();
	}

	/**
	 * Have statements take effect one by one from now on, unless something that was
	 * written waits for the end of the unit.
	 * @return whether they did not before
	 */
	boolean beginAtOnce() throws SQLException {
		if (this.atOnce || this.doomed || isWritten()) {
			return false;
		}
		if (this.together) {
			delegate().setAutoCommit(true);
			this.together = false;
		}
		this.atOnce = true;
		return true;
	}

	void endAtOnce() throws SQLException {
		if (this.atOnce) {
			this.atOnce = false;
			if (!this.home || !this.attributes.isDefault()) {
				joinUnit();
			}
		}
	}

	/**
	 * A transaction of a transaction manager is about to begin, which sets its attributes
	 * first. Ends reads that went before, so that it sees the database as of now.
	 */
	void transactionBegins() throws SQLException {
		endAtOnce();
		this.beginning = true;
		if (this.together && !isWritten() && this.work.hasWorked()) {
			delegate().commit();
		}
	}

	/**
	 * A transaction of a transaction manager has begun.
	 */
	void transactionHasBegun() throws SQLException {
		this.beginning = false;
		begin();
	}

	/**
	 * A transaction of a transaction manager has ended.
	 */
	void transactionHasEnded() {
		this.beginning = false;
		this.savepoint = null;
	}

	private void begin() throws SQLException {
		undoIfFailed();
		joinUnit();
		if (isWritten() && this.savepoint == null) {
			this.savepoint = delegate().setSavepoint();
			this.rolledBack = true;
		}
		this.waitingBefore = false;
	}

	/**
	 * Once something else is committed, nobody can tell any more.
	 */
	private void noteUndone() {
		this.doomed = this.doomed || (this.together && this.work.isUndone());
	}

	/**
	 * What is known to have failed is not committed by what begins after it.
	 */
	private void undoIfFailed() throws SQLException {
		if (isWritten() && this.savepoint == null && this.owner.isFailed()) {
			delegate().rollback();
		}
	}

	/**
	 * The connection goes to code that runs outside of a transaction manager's
	 * transactions.
	 */
	void isLent() {
		endForgotten();
		this.waitingBefore = isWritten();
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
				this.doomed = true;
			}
		}
	}

	/**
	 * Tell whether the connection is lost with nothing on it that anybody counts on.
	 */
	boolean isReplaceable() {
		return this.work.isLost() && !isWritten() && !this.doomed;
	}

	/**
	 * Tell whether nothing on the connection waits for the end of the unit.
	 */
	boolean isFree() {
		return !isWritten() && !this.doomed && !this.atOnce && this.attributes.isDefault();
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
			delegate().commit();
		}
		else if (this.together) {
			delegate().rollback();
		}
		return whole || !commit;
	}

	/**
	 * Commit what was written outside of transactions, or roll it back where that is
	 * known to be its end.
	 * @param used whether code is in the middle of using the connection
	 * @return whether it was committed
	 */
	boolean commitEarly(boolean used) {
		if (this.autoCommit != this.home || !isWritten() || (used && !this.home)) {
			return false;
		}
		try {
			noteUndone();
			if (this.doomed || this.owner.isFailed()) {
				delegate().rollback();
				return false;
			}
			delegate().commit();
			return true;
		}
		catch (SQLException ex) {
			this.doomed = this.doomed || !used || this.work.isLost();
			return false;
		}
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
		endWritesBefore();
		super.setReadOnly(readOnly);
	}

	/**
	 * As with the access mode.
	 */
	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		endWritesBefore();
		super.setTransactionIsolation(level);
	}

	private void endWritesBefore() throws SQLException {
		if (this.beginning) {
			noteUndone();
			undoIfFailed();
			if (isWritten() && this.doomed) {
				delegate().rollback();
			}
			else if (isWritten()) {
				commitBefore();
			}
		}
	}

	/**
	 * Commit writes that went before a transaction, which begins in any case: Spring
	 * takes whatever is thrown here for a driver that knows no access mode.
	 */
	private void commitBefore() throws SQLException {
		try {
			delegate().commit();
		}
		catch (SQLException ex) {
			this.doomed = true;
			throw ex;
		}
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
			end();
		}
		else {
			begin();
		}
		this.autoCommit = autoCommit;
	}

	private void end() throws SQLException {
		if (this.savepoint != null) {
			noteUndone();
			if (this.rolledBack) {
				this.savepoint = null;
				return;
			}
		}
		this.savepoint = null;
		try {
			delegate().setAutoCommit(true);
			this.together = false;
		}
		catch (SQLException ex) {
			this.doomed = true;
			throw ex;
		}
	}

	/**
	 * Commit a transaction, and what was written before it. In auto-commit mode there is
	 * none.
	 */
	@Override
	public void commit() throws SQLException {
		if (isWaiting()) {
			return;
		}
		if (this.savepoint != null) {
			noteUndone();
		}
		try {
			super.commit();
		}
		catch (SQLException ex) {
			this.doomed = this.doomed || this.savepoint != null;
			throw ex;
		}
		this.savepoint = null;
		this.waitingBefore = false;
	}

	/**
	 * Roll back a transaction, and no more than that, unless the server has undone what
	 * went before it, too: then the unit is not whole any more, and all of it goes.
	 */
	@Override
	public void rollback() throws SQLException {
		if (isWaiting()) {
			return;
		}
		Savepoint own = this.savepoint;
		if (own == null) {
			this.doomed = this.doomed || this.waitingBefore;
			super.rollback();
			return;
		}
		noteUndone();
		if (this.doomed || !isRolledBackTo(own)) {
			super.rollback();
		}
		this.rolledBack = true;
	}

	private boolean isRolledBackTo(Savepoint own) {
		try {
			super.rollback(own);
			return true;
		}
		catch (SQLException ex) {
			this.doomed = true;
			return false;
		}
	}

	/**
	 * Tell whether the application believes to be in auto-commit mode and is not.
	 */
	private boolean isWaiting() {
		return this.autoCommit && this.together;
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
		 * Tell whether the unit is to be rolled back, as far as is known before its end.
		 */
		boolean isFailed();

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
