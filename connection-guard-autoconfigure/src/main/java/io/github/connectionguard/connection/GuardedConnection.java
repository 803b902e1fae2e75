package io.github.connectionguard.connection;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import io.github.connectionguard.diagnosis.OwnEnd;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.StatementKind;
import io.github.connectionguard.transaction.AutoCommit;
import io.github.connectionguard.transaction.CommitOutcomeUnknownException;
import io.github.connectionguard.transaction.SessionTransaction;
import io.github.connectionguard.transaction.WorkInProgress;
import org.jspecify.annotations.Nullable;

/**
 * The connection the pool believes to be physical: the driver's, with an entry in the
 * ledger. As safe for use by several threads as the driver's.
 */
final class GuardedConnection extends DelegatingConnection implements WorkInProgress {

	private static final int NONE = -1;

	private volatile PhysicalConnection physical;

	/**
	 * Whether nothing has been done on the connection since it was lent that its session
	 * knows of.
	 */
	private volatile boolean untouched;

	private final ReentrantLock readying = new ReentrantLock();

	private int networkTimeoutCalls;

	private int networkTimeout = NONE;

	private int usualNetworkTimeout = NONE;

	private int deferredNetworkTimeout = NONE;

	private volatile @Nullable OwnEnd timedOut;

	private boolean rawHandedOut;

	private boolean metaDataHandedOut;

	private @Nullable BeforeWrite beforeWrite;

	private @Nullable Runnable endOfNotice;

	private SessionTransaction transaction = new SessionTransaction();

	private AutoCommit autoCommit;

	GuardedConnection(Connection delegate, PhysicalConnection physical) {
		super(delegate);
		this.physical = physical;
		this.autoCommit = new AutoCommit(delegate, this.transaction, this::changeMode);
	}

	PhysicalConnection physical() {
		return this.physical;
	}

	private void touch() {
		if (this.untouched) {
			this.untouched = false;
		}
	}

	/**
	 * Note that somebody holds the driver's own object and may use it unseen.
	 */
	void rawHandedOut() throws SQLException {
		announceWrite();
		this.autoCommit.apply();
		touch();
		this.rawHandedOut = true;
		this.physical.wire().usedUnseen(true);
	}

	/**
	 * Run a call that sends a statement.
	 */
	<T> T send(StatementKind kind, Call<T> call) throws SQLException {
		if (kind != StatementKind.READ) {
			announceWrite();
		}
		settleDoubt();
		this.autoCommit.apply();
		this.transaction.runs(kind);
		try {
			T result = exchange(call);
			this.transaction.answered(kind);
			return result;
		}
		catch (SQLException ex) {
			if (!isLost()) {
				this.transaction.failed(kind, ex);
			}
			throw ex;
		}
	}

	private void announceWrite() throws SQLException {
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
		ServerSessionFacts facts = this.physical.facts();
		boolean asked = facts != null && facts.isMariaDb();
		try (Statement statement = delegate().createStatement()) {
			exchange(() -> statement.execute(asked ? "SELECT @@in_transaction" : "SET TRANSACTION READ WRITE"));
			return asked && isTrue(statement.getResultSet());
		}
		catch (SQLException ex) {
			return true;
		}
	}

	private static boolean isTrue(ResultSet row) throws SQLException {
		return row.next() && row.getBoolean(1);
	}

	/**
	 * Run a call that goes on with a statement that was sent, which may fail only now.
	 */
	<T> T proceed(Call<T> call) throws SQLException {
		try {
			return exchange(call);
		}
		catch (SQLException ex) {
			if (!isLost()) {
				this.transaction.failed(StatementKind.OTHER, ex);
			}
			throw ex;
		}
	}

	/**
	 * Run a call that asks the server for something, but sends no statement of its own.
	 */
	<T> T exchange(Call<T> call) throws SQLException {
		touch();
		requireAlive();
		return talk(call);
	}

	private <T> T talk(Call<T> call) throws SQLException {
		touch();
		applyNetworkTimeout();
		PhysicalConnection used = this.physical;
		used.wire().exchangeBegins();
		try {
			return call.run();
		}
		catch (SQLException ex) {
			if (!isRefusal(ex)) {
				used.failed(ex);
			}
			throw ex;
		}
		finally {
			used.wire().exchangeEnds();
		}
	}

	/**
	 * Tell whether the driver only refused a call. MySQL Connector/J says of a commit in
	 * auto-commit mode what it says of a closed connection.
	 */
	private boolean isRefusal(SQLException exception) throws SQLException {
		return ConnectionDeath.NO_CONNECTION.equals(exception.getSQLState()) && !delegate().isClosed();
	}

	/**
	 * Run a call that changes the state of the session, of which nothing is left to
	 * change when the connection is lost.
	 */
	private void run(VoidCall call) throws SQLException {
		touch(); // also in vain
		if (!isLost()) {
			talk(call);
		}
	}

	private void talk(VoidCall call) throws SQLException {
		talk(() -> {
			call.run();
			return this;
		});
	}

	/**
	 * Run a call that changes the auto-commit mode, which also commits what is open.
	 */
	private void changeMode(AutoCommit.Change change) throws SQLException {
		if (this.transaction.mayBeOpen()) {
			requireAlive();
			talk(change::run);
		}
		else {
			run(change::run);
		}
	}

	private void requireAlive() throws SQLException {
		if (isLost()) {
			throw this.physical.afterLoss();
		}
	}

	@Override
	public boolean isLost() {
		return this.physical.isLost();
	}

	// Statements

	/**
	 * See that there is a connection to run the first statement of a lease on: nothing is
	 * lost with one that died before that, so another one can take its place.
	 */
	private void makeReady() throws SQLException {
		if (this.untouched) {
			this.readying.lock();
			try {
				replaceIfEnded();
			}
			catch (RuntimeException | Error ex) {
				this.physical.guardFailed(ex);
			}
			finally {
				touch();
				this.readying.unlock();
			}
		}
		requireAlive();
	}

	private void replaceIfEnded() {
		PhysicalConnection former = this.physical;
		PhysicalConnection next = isReplaceable(former) ? former.substitute() : null;
		if (next != null) {
			boolean replaced = false;
			try {
				replaced = replace(former, next);
			}
			catch (SQLException ex) {
				// closed meanwhile
			}
			finally {
				if (!replaced) {
					next.discard();
				}
			}
		}
	}

	private boolean isReplaceable(PhysicalConnection former) {
		try {
			return this.untouched && former.isEndedSinceLent() && isModeDeferrable();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * Go on with another connection, in the same mode and with the same network timeout.
	 * @return whether nobody has given this one back or ended it meanwhile
	 */
	private boolean replace(PhysicalConnection former, PhysicalConnection next) throws SQLException {
		SessionTransaction begun = new SessionTransaction();
		begin(begun, next);
		if (!begun.isIndifferentToMode()) {
			return false;
		}
		former.lost();
		boolean mode = this.autoCommit.get();
		int timeout = getNetworkTimeout();
		this.networkTimeout = next.driver().getNetworkTimeout();
		this.deferredNetworkTimeout = timeout;
		this.timedOut = null;
		this.transaction = begun;
		this.autoCommit = new AutoCommit(next.driver(), begun, this::changeMode);
		this.autoCommit.defer(mode);
		goOnWith(next.driver());
		this.physical = next;
		former.giveWay(next);
		return this.untouched;
	}

	@Override
	public Statement createStatement() throws SQLException {
		makeReady();
		return new GuardedStatement(this, delegate().createStatement());
	}

	@Override
	public Statement createStatement(int resultSetType, int resultSetConcurrency) throws SQLException {
		makeReady();
		noteUpdatable(resultSetConcurrency);
		return new GuardedStatement(this, delegate().createStatement(resultSetType, resultSetConcurrency));
	}

	@Override
	public Statement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
			throws SQLException {
		makeReady();
		noteUpdatable(resultSetConcurrency);
		return new GuardedStatement(this,
				delegate().createStatement(resultSetType, resultSetConcurrency, resultSetHoldability));
	}

	@Override
	public PreparedStatement prepareStatement(String sql) throws SQLException {
		return prepared(sql, () -> delegate().prepareStatement(sql));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
			throws SQLException {
		makeReady();
		noteUpdatable(resultSetConcurrency);
		return prepared(sql, () -> delegate().prepareStatement(sql, resultSetType, resultSetConcurrency));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		makeReady();
		noteUpdatable(resultSetConcurrency);
		return prepared(sql,
				() -> delegate().prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
		return prepared(sql, () -> delegate().prepareStatement(sql, autoGeneratedKeys));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
		return prepared(sql, () -> delegate().prepareStatement(sql, columnIndexes));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
		return prepared(sql, () -> delegate().prepareStatement(sql, columnNames));
	}

	@Override
	public CallableStatement prepareCall(String sql) throws SQLException {
		return callable(sql, () -> delegate().prepareCall(sql));
	}

	@Override
	public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency) throws SQLException {
		return callable(sql, () -> delegate().prepareCall(sql, resultSetType, resultSetConcurrency));
	}

	@Override
	public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		return callable(sql,
				() -> delegate().prepareCall(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
	}

	private PreparedStatement prepared(String sql, Call<PreparedStatement> call) throws SQLException {
		makeReady();
		return new GuardedPreparedStatement(this, exchange(call), StatementKind.of(sql));
	}

	/**
	 * Prepare a call, of whose parameters the driver may ask the server.
	 */
	private CallableStatement callable(String sql, Call<CallableStatement> call) throws SQLException {
		makeReady();
		announceWrite();
		return new GuardedCallableStatement(this, send(StatementKind.READ, call), StatementKind.of(sql));
	}

	/**
	 * Rows of an updatable result are written by the driver itself, unseen.
	 */
	private void noteUpdatable(int resultSetConcurrency) throws SQLException {
		if (resultSetConcurrency == ResultSet.CONCUR_UPDATABLE) {
			rawHandedOut();
		}
	}

	// Transactions

	/**
	 * Commit. What was lost with the connection cannot be; if it is lost before the
	 * answer comes, nobody knows. Others may see the loss at any moment, so from here on
	 * only the driver tells.
	 */
	@Override
	public void commit() throws SQLException {
		if (isNothingToEnd()) {
			return;
		}
		requireAlive();
		this.autoCommit.apply();
		boolean sendable = !delegate().isClosed();
		try {
			talk(delegate()::commit);
		}
		catch (SQLException ex) {
			boolean lost = isLostBy(ex);
			if (!lost) {
				this.transaction.commitFailed();
			}
			throw (lost && sendable) ? new CommitOutcomeUnknownException(ex) : ex;
		}
		this.transaction.ended();
	}

	/**
	 * Roll back, which the server does by itself if the connection is lost.
	 */
	@Override
	public void rollback() throws SQLException {
		if (isNothingToEnd()) {
			return;
		}
		try {
			this.autoCommit.apply();
			run(delegate()::rollback);
		}
		catch (SQLException ex) {
			if (!isLostBy(ex)) {
				throw ex;
			}
		}
		this.transaction.ended();
	}

	/**
	 * Tell whether an exception at the end of a transaction came of a death. MySQL
	 * Connector/J says there what the AWS driver says of a connection that works, so the
	 * connection itself has to tell.
	 */
	private boolean isLostBy(SQLException exception) throws SQLException {
		if (!isLost() && delegate().isClosed()) {
			this.physical.lost(exception);
		}
		this.physical.wire().glance();
		return isLost();
	}

	@Override
	public boolean hasWorked() {
		return this.transaction.hasWorked() || this.rawHandedOut;
	}

	@Override
	public boolean hasWritten() {
		return this.transaction.hasWritten() || this.rawHandedOut;
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
			this.endOfNotice = this.physical.beforeBorrows(told);
		}
	}

	private void tellNobody() {
		Runnable end = this.endOfNotice;
		if (end != null) {
			end.run();
		}
		this.endOfNotice = null;
		this.beforeWrite = null;
	}

	/**
	 * Tell whether a commit or rollback would change nothing, and the round trip can be
	 * saved. Auto-commit mode is left to the driver, which refuses there.
	 */
	private boolean isNothingToEnd() throws SQLException {
		if (this.rawHandedOut || this.transaction.mayBeOpen()
				|| (this.metaDataHandedOut && !this.transaction.isIn(true))) {
			return false;
		}
		return isLost() || (!delegate().isClosed() && !getAutoCommit());
	}

	@Override
	public void rollback(Savepoint savepoint) throws SQLException {
		this.autoCommit.apply();
		run(() -> delegate().rollback(savepoint));
	}

	@Override
	public Savepoint setSavepoint() throws SQLException {
		return send(StatementKind.READ, delegate()::setSavepoint);
	}

	@Override
	public Savepoint setSavepoint(String name) throws SQLException {
		return send(StatementKind.READ, () -> delegate().setSavepoint(name));
	}

	@Override
	public void releaseSavepoint(Savepoint savepoint) throws SQLException {
		this.autoCommit.apply();
		run(() -> delegate().releaseSavepoint(savepoint));
	}

	/**
	 * Set the auto-commit mode: when it matters, where it is proven that nothing else
	 * depends on it, else at once.
	 */
	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		if (isModeDeferrable()) {
			this.autoCommit.defer(autoCommit);
		}
		else {
			this.autoCommit.set(autoCommit);
		}
	}

	private boolean isModeDeferrable() throws SQLException {
		return this.transaction.isIndifferentToMode() && this.physical.mayDeferAutoCommit() && !this.rawHandedOut
				&& !this.metaDataHandedOut && !this.physical.wire().isStreaming() && !delegate().isClosed();
	}

	@Override
	public boolean getAutoCommit() throws SQLException {
		return (isLost() || !delegate().isClosed()) ? this.autoCommit.get() : delegate().getAutoCommit();
	}

	/**
	 * Return the driver's meta-data, which may run statements unseen.
	 */
	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		touch();
		if (!isLost()) {
			this.autoCommit.apply();
			this.metaDataHandedOut = true;
			this.transaction.unseenRead();
		}
		return super.getMetaData();
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		run(() -> delegate().setReadOnly(readOnly));
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		run(() -> delegate().setTransactionIsolation(level));
	}

	/**
	 * Return the isolation level, for which drivers ask the server.
	 */
	@Override
	public int getTransactionIsolation() throws SQLException {
		touch();
		return super.getTransactionIsolation();
	}

	@Override
	public void setCatalog(String catalog) throws SQLException {
		run(() -> delegate().setCatalog(catalog));
	}

	@Override
	public void setSchema(String schema) throws SQLException {
		run(() -> delegate().setSchema(schema));
	}

	// What the pool says and asks

	/**
	 * Answer whether the connection can be used. A holder asks the server, as JDBC
	 * promises; for the pool at a borrow a look at the socket is mostly enough; its
	 * keepalive task only gets the verdict the guard has already.
	 */
	@Override
	public boolean isValid(int timeout) throws SQLException {
		touch();
		try {
			return isUsable(timeout);
		}
		catch (SQLException ex) {
			if (isLost()) {
				return false;
			}
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			this.physical.guardFailed(ex);
			return delegate().isValid(timeout);
		}
	}

	private boolean isUsable(int timeout) throws SQLException {
		if (isLost()) {
			return false;
		}
		if (!this.physical.isInPool()) {
			return isValidForDriver(timeout);
		}
		if (this.physical.isPastLifetime()) {
			return false;
		}
		if (!this.physical.isPingable()) {
			return isValidForDriver(timeout);
		}
		if (this.physical.isAskedByKeepalive()) {
			return true;
		}
		return this.physical.isAlive();
	}

	private boolean isValidForDriver(int timeout) throws SQLException {
		boolean valid = exchange(() -> delegate().isValid(timeout));
		this.transaction.unseenRead(); // a driver may learn from it what is open
		if (!valid) {
			this.physical.lost(null, this.physical.wire().hasTimedOut());
		}
		return valid;
	}

	@Override
	public void beginRequest() {
		try {
			this.physical.borrowed();
			this.untouched = true;
		}
		catch (RuntimeException | Error ex) {
			this.physical.guardFailed(ex);
		}
	}

	/**
	 * Take the connection back. It may have died where no statement of the guard saw it,
	 * as in reading a stream. After a wait that was given up, an answer may still come,
	 * to whoever reads next.
	 */
	@Override
	public void endRequest() throws SQLException {
		try {
			takeBack();
		}
		catch (RuntimeException | Error ex) {
			this.physical.guardFailed(ex);
		}
	}

	private void takeBack() throws SQLException {
		touch();
		try {
			if (!isLost() && (delegate().isClosed() || this.physical.wire().hasTimedOut())) {
				this.physical.lost(null);
			}
			noteUnseen();
			tellNobody();
		}
		finally {
			this.transaction.forget();
			this.physical.returned();
		}
	}

	/**
	 * Whoever had the driver's own objects has done with them what can be done.
	 */
	private void noteUnseen() {
		if (this.rawHandedOut) {
			this.transaction.unseen();
			this.physical.wire().usedUnseen(false);
		}
		if (this.metaDataHandedOut) {
			this.transaction.unseenRead();
		}
		this.rawHandedOut = false;
		this.metaDataHandedOut = false;
	}

	/**
	 * Set how long the driver waits for the server. The second call of a connection's
	 * life is the last step of the pool's set-up (HikariCP's
	 * {@code PoolBase.setupConnection}), after {@code connectionInitSql}. While the pool
	 * has the connection, nothing reaches the driver before it is needed: its lock may be
	 * held by a ping that waits.
	 */
	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		try {
			deferNetworkTimeout(executor, milliseconds);
		}
		catch (RuntimeException | Error ex) {
			this.physical.guardFailed(ex);
			delegate().setNetworkTimeout(executor, milliseconds);
		}
	}

	private void deferNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		if (this.timedOut == null && this.physical.wire().hasTimedOut()) {
			this.timedOut = timeout();
		}
		if (this.networkTimeoutCalls < 2 && ++this.networkTimeoutCalls == 2) {
			this.usualNetworkTimeout = milliseconds;
			setUp();
		}
		else if (this.physical.isInPool()) {
			this.deferredNetworkTimeout = milliseconds;
			return;
		}
		touch();
		delegate().setNetworkTimeout(executor, milliseconds);
		this.networkTimeout = milliseconds;
		this.deferredNetworkTimeout = NONE;
	}

	private void setUp() throws SQLException {
		this.physical.setUp();
		begin(this.transaction, this.physical);
	}

	private static void begin(SessionTransaction transaction, PhysicalConnection on) throws SQLException {
		ServerSessionFacts facts = on.facts();
		if (facts != null && facts.autoCommit() == on.driver().getAutoCommit()) {
			transaction.begins(facts.autoCommit());
		}
	}

	@Override
	public int getNetworkTimeout() throws SQLException {
		return (this.deferredNetworkTimeout != NONE) ? this.deferredNetworkTimeout : delegate().getNetworkTimeout();
	}

	private void applyNetworkTimeout() throws SQLException {
		int milliseconds = this.deferredNetworkTimeout;
		if (milliseconds != NONE) {
			this.deferredNetworkTimeout = NONE;
			if (milliseconds != this.networkTimeout) {
				delegate().setNetworkTimeout(Runnable::run, milliseconds);
				this.networkTimeout = milliseconds;
			}
		}
	}

	/**
	 * Return how the driver gives up, or gave up, after it has waited for the server.
	 */
	OwnEnd timeout() {
		OwnEnd known = this.timedOut;
		return (known != null) ? known : OwnEnd.timeout(this.networkTimeout, this.usualNetworkTimeout);
	}

	@Override
	public void clearWarnings() throws SQLException {
		if (!isLost()) {
			super.clearWarnings();
		}
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		touch();
		super.setHoldability(holdability);
	}

	@Override
	public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
		touch();
		super.setTypeMap(map);
	}

	@Override
	public void setClientInfo(String name, String value) throws SQLClientInfoException {
		touch();
		super.setClientInfo(name, value);
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		touch();
		super.setClientInfo(properties);
	}

	@Override
	public void close() throws SQLException {
		touch();
		try {
			tellNobody();
			this.physical.closed();
			applyNetworkTimeout();
		}
		catch (RuntimeException | Error ex) {
			this.physical.guardFailed(ex);
		}
		finally {
			delegate().close();
		}
	}

	@Override
	public void abort(Executor executor) throws SQLException {
		touch();
		tellNobody();
		this.physical.aborting();
		delegate().abort(executor);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (!type.isInstance(this)) {
			applyNetworkTimeout();
			rawHandedOut();
		}
		return super.unwrap(type);
	}

	/**
	 * Return the name of the driver's connection, which the pool writes in its messages.
	 */
	@Override
	public String toString() {
		return delegate().toString();
	}

	/**
	 * A call to the driver.
	 *
	 * @param <T> the type of its result
	 */
	@FunctionalInterface
	interface Call<T> {

		T run() throws SQLException;

	}

	/**
	 * A call to the driver that returns nothing.
	 */
	@FunctionalInterface
	interface VoidCall {

		void run() throws SQLException;

	}

}
