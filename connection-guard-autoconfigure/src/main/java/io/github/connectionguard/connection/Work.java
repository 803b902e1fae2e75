package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.StatementKind;
import io.github.connectionguard.statement.Call;
import io.github.connectionguard.statement.StatementExchanges;
import io.github.connectionguard.transaction.AutoCommit;
import io.github.connectionguard.transaction.SessionTransaction;
import io.github.connectionguard.transaction.VoidCall;
import io.github.connectionguard.transaction.WorkInProgress;
import org.jspecify.annotations.Nullable;

/**
 * The statements that run on one guarded connection, and what they make of its
 * transaction: each is announced to whoever wants to know, runs in the auto-commit mode
 * that was set, and is told to the record of the transaction.
 */
final class Work implements StatementExchanges, WorkInProgress {

	private final Exchanges exchanges;

	private SessionTransaction transaction = new SessionTransaction();

	private AutoCommit autoCommit;

	private final Characteristics characteristics;

	private boolean rawHandedOut;

	private boolean metaDataHandedOut;

	private @Nullable BeforeWrite beforeWrite;

	private @Nullable Runnable endOfNotice;

	Work(Exchanges exchanges, Connection driver) {
		this.exchanges = exchanges;
		this.autoCommit = new AutoCommit(driver, this.transaction, this::changeMode);
		this.characteristics = new Characteristics(exchanges);
	}

	/**
	 * Return what is proven of the transaction.
	 */
	SessionTransaction transaction() {
		return this.transaction;
	}

	/**
	 * Begin with a session that was set up.
	 */
	void begin() throws SQLException {
		if (!this.exchanges.isReportOnly()) {
			begin(this.transaction, this.exchanges.physical());
			this.characteristics.begin();
		}
	}

	/**
	 * Return what is proven of the transaction of a session that was set up to take the
	 * place of another one.
	 */
	static SessionTransaction begunOn(PhysicalConnection next) throws SQLException {
		SessionTransaction begun = new SessionTransaction();
		begin(begun, next);
		return begun;
	}

	private static void begin(SessionTransaction transaction, PhysicalConnection on) throws SQLException {
		ServerSessionFacts facts = on.facts();
		if (facts != null && facts.autoCommit() == on.driver().getAutoCommit()) {
			transaction.begins(facts.autoCommit());
		}
	}

	/**
	 * Go on with the session of another connection.
	 * @param mode the auto-commit mode it is to be in
	 */
	void goOn(SessionTransaction begun, Connection driver, boolean mode) {
		this.transaction = begun;
		this.autoCommit = new AutoCommit(driver, begun, this::changeMode);
		this.autoCommit.defer(mode);
		this.characteristics.goOn();
	}

	// Statements

	@Override
	public Connection connection() {
		return this.exchanges.physical().connection();
	}

	@Override
	public <T> T send(StatementKind kind, Call<T> call) throws SQLException {
		if (kind != StatementKind.READ) {
			announceWrite();
		}
		settleDoubt();
		apply();
		this.transaction.runs(kind);
		try {
			T result = (kind != StatementKind.READ && !this.rawHandedOut)
					? this.exchanges.exchange(() -> this.characteristics.unasked(call)) : this.exchanges.exchange(call);
			this.transaction.answered(kind);
			return result;
		}
		catch (SQLException ex) {
			if (!isLost()) {
				this.transaction.failed(kind, ex);
			}
			throw ex;
		}
		finally {
			if (kind == StatementKind.OTHER) {
				this.characteristics.unseen();
			}
		}
	}

	/**
	 * Bring the server into the state that was set.
	 */
	private void apply() throws SQLException {
		this.characteristics.apply();
		this.autoCommit.apply();
	}

	@Override
	public <T> T proceed(Call<T> call) throws SQLException {
		try {
			return this.exchanges.exchange(call);
		}
		catch (SQLException ex) {
			if (!isLost()) {
				this.transaction.failed(StatementKind.OTHER, ex);
			}
			throw ex;
		}
	}

	/**
	 * Prepare a statement, which runs nothing.
	 */
	<T> T prepare(Call<T> call) throws SQLException {
		return this.exchanges.exchange(call);
	}

	void announceWrite() throws SQLException {
		BeforeWrite announced = this.beforeWrite;
		if (announced != null) {
			announced.run();
		}
	}

	/**
	 * Ask the server, before anything else could begin a transaction, whether the one is
	 * still open that a statement failed in, where anybody wants to know.
	 */
	private void settleDoubt() {
		if (this.beforeWrite != null && this.transaction.isInDoubt()) {
			this.transaction.settle(isTransactionOpen());
		}
	}

	/**
	 * Ask the server whether a transaction is open. What a driver remembers of the
	 * server's status is that of an earlier answer, as errors come without. MySQL tells
	 * only by refusing to change a transaction that is.
	 */
	private boolean isTransactionOpen() {
		PhysicalConnection asked = this.exchanges.physical();
		ServerSessionFacts facts = asked.facts();
		boolean tells = facts != null && facts.isMariaDb();
		try (Statement statement = asked.driver().createStatement()) {
			this.exchanges
				.exchange(() -> statement.execute(tells ? "SELECT @@in_transaction" : "SET TRANSACTION READ WRITE"));
			return tells && isTrue(statement.getResultSet());
		}
		catch (SQLException ex) {
			return true;
		}
	}

	private static boolean isTrue(ResultSet row) throws SQLException {
		return row.next() && row.getBoolean(1);
	}

	@Override
	public void resultOpened() {
		this.exchanges.physical().wire().resultOpened();
	}

	@Override
	public void resultClosed() {
		this.exchanges.physical().wire().resultClosed();
	}

	@Override
	public void streamOpened() {
		this.exchanges.physical().wire().streamOpened();
	}

	@Override
	public void streamClosed() {
		this.exchanges.physical().wire().streamClosed();
	}

	// What is done unseen

	@Override
	public void rawHandedOut() throws SQLException {
		announceWrite();
		apply();
		this.exchanges.touch();
		this.rawHandedOut = true;
		this.characteristics.unseen();
		this.exchanges.physical().wire().usedUnseen(true);
	}

	/**
	 * Note that somebody holds the driver's meta-data, which may run statements unseen.
	 */
	void metaDataHandedOut() throws SQLException {
		apply();
		this.metaDataHandedOut = true;
		this.transaction.unseenRead();
	}

	/**
	 * Whoever had the driver's own objects has done with them what can be done.
	 */
	void takeBackUnseen() {
		if (this.rawHandedOut) {
			this.transaction.unseen();
			this.characteristics.unseen();
			this.exchanges.physical().wire().usedUnseen(false);
		}
		if (this.metaDataHandedOut) {
			this.transaction.unseenRead();
		}
		this.rawHandedOut = false;
		this.metaDataHandedOut = false;
	}

	/**
	 * Tell whether anything may be open that a commit or rollback would end.
	 */
	boolean mayBeOpen() {
		return this.rawHandedOut || this.transaction.mayBeOpen()
				|| (this.metaDataHandedOut && !this.transaction.isIn(true));
	}

	// The auto-commit mode

	/**
	 * Set the auto-commit mode: when it matters, where it is proven that nothing else
	 * depends on it, else at once.
	 */
	void setAutoCommit(boolean wanted) throws SQLException {
		if (!isDeferrable()) {
			this.autoCommit.set(wanted);
		}
		else if (this.autoCommit.defer(wanted)) {
			this.exchanges.spare(2);
		}
	}

	boolean isDeferrable() throws SQLException {
		if (!this.transaction.isIndifferentToMode()) {
			return false;
		}
		PhysicalConnection on = this.exchanges.physical();
		return on.mayDeferSessionState() && !this.rawHandedOut && !this.metaDataHandedOut && !on.wire().isStreaming()
				&& !on.driver().isClosed();
	}

	boolean getAutoCommit() throws SQLException {
		Connection driver = this.exchanges.physical().driver();
		return (isLost() || !driver.isClosed()) ? this.autoCommit.get() : driver.getAutoCommit();
	}

	// The access mode and the isolation level

	void setReadOnly(boolean wanted) throws SQLException {
		this.characteristics.set(this.characteristics.readOnly(), wanted, isDeferrable());
	}

	void setIsolation(int wanted) throws SQLException {
		this.characteristics.set(this.characteristics.isolation(), wanted, isDeferrable());
	}

	/**
	 * Return what was set of the access mode, without asking the server.
	 * @return whether transactions only read, {@code null} if the driver has to tell
	 */
	@Nullable Boolean readOnly() throws SQLException {
		return this.characteristics.get(this.characteristics.readOnly(), !this.rawHandedOut);
	}

	/**
	 * Return what was set of the isolation level, without asking the server.
	 * @return the level, {@code null} if the driver has to tell
	 */
	@Nullable Integer isolation() throws SQLException {
		return this.characteristics.get(this.characteristics.isolation(), !this.rawHandedOut);
	}

	/**
	 * Return the auto-commit mode that was set, also on a connection that is closed.
	 */
	boolean mode() throws SQLException {
		return this.autoCommit.get();
	}

	/**
	 * Bring the server into the mode that was set.
	 */
	void applyMode() throws SQLException {
		this.autoCommit.apply();
	}

	/**
	 * Run a call that changes the auto-commit mode, which also commits what is open.
	 */
	private void changeMode(VoidCall call) throws SQLException {
		if (this.transaction.mayBeOpen()) {
			this.exchanges.requireAlive();
			this.exchanges.talk(call);
		}
		else {
			this.exchanges.run(call);
		}
	}

	// Who wants to know

	@Override
	public boolean hasWorked() {
		return this.transaction.hasWorked() || this.rawHandedOut;
	}

	@Override
	public boolean hasWritten() {
		return this.transaction.hasWritten() || this.rawHandedOut;
	}

	@Override
	public boolean isLost() {
		return this.exchanges.isLost();
	}

	@Override
	public boolean isUndone() {
		settleDoubt();
		return this.transaction.isUndone();
	}

	@Override
	public void beforeWrites(BeforeWrite told) {
		this.beforeWrite = told;
	}

	@Override
	public void beforeBorrows(Runnable told) {
		if (this.endOfNotice == null) {
			this.endOfNotice = this.exchanges.physical().ledger().pool().beforeBorrows(told);
		}
	}

	void tellNobody() {
		Runnable end = this.endOfNotice;
		if (end != null) {
			end.run();
			this.endOfNotice = null;
		}
		if (this.beforeWrite != null) {
			this.beforeWrite = null;
		}
	}

}
