package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

import io.github.connectionguard.diagnosis.OwnEnd;
import io.github.connectionguard.mysql.StatementKind;
import io.github.connectionguard.transaction.WorkInProgress;
import org.jspecify.annotations.Nullable;

/**
 * The connection the pool believes to be physical: the driver's, with an entry in the
 * ledger. As safe for use by several threads as the driver's.
 */
final class GuardedConnection extends PreparingConnection {

	private final NetworkTimeout networkTimeout = new NetworkTimeout(this::setUp);

	private final Exchanges exchanges;

	private final Work work;

	private final TransactionEnd transactionEnd;

	private final Succession succession;

	GuardedConnection(Connection delegate, PhysicalConnection physical) {
		super(delegate);
		this.exchanges = new Exchanges(physical, this.networkTimeout);
		this.work = new Work(this.exchanges, delegate);
		this.transactionEnd = new TransactionEnd(this.exchanges, this.work);
		this.succession = new Succession(this, this.exchanges, this.work, this.networkTimeout);
	}

	PhysicalConnection physical() {
		return this.exchanges.physical();
	}

	private boolean isLost() {
		return this.exchanges.isLost();
	}

	private void guardFailed(Throwable failure) {
		physical().ledger().failed(failure);
	}

	private void makeReady() {
		this.succession.makeReady();
	}

	@Override
	void requireReady() throws SQLException {
		makeReady();
		this.exchanges.requireAlive();
	}

	@Override
	Work work() {
		return this.work;
	}

	// Transactions

	@Override
	public void commit() throws SQLException {
		this.transactionEnd.commit();
	}

	@Override
	public void rollback() throws SQLException {
		this.transactionEnd.rollback();
	}

	@Override
	public void rollback(Savepoint savepoint) throws SQLException {
		this.transactionEnd.rollback(savepoint);
	}

	@Override
	public Savepoint setSavepoint() throws SQLException {
		makeReady();
		return this.work.send(StatementKind.READ, delegate()::setSavepoint);
	}

	@Override
	public Savepoint setSavepoint(String name) throws SQLException {
		makeReady();
		return this.work.send(StatementKind.READ, () -> delegate().setSavepoint(name));
	}

	@Override
	public void releaseSavepoint(Savepoint savepoint) throws SQLException {
		this.work.applyMode();
		this.exchanges.run(() -> delegate().releaseSavepoint(savepoint));
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		this.work.setAutoCommit(autoCommit);
	}

	@Override
	public boolean getAutoCommit() throws SQLException {
		return this.work.getAutoCommit();
	}

	// The state of the session

	/**
	 * Return the driver's meta-data, which may run statements unseen.
	 */
	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		makeReady();
		if (!isLost()) {
			this.work.metaDataHandedOut();
		}
		return super.getMetaData();
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		makeReady();
		this.work.setReadOnly(readOnly);
	}

	/**
	 * Return the access mode, for which MySQL Connector/J asks the server.
	 */
	@Override
	public boolean isReadOnly() throws SQLException {
		Boolean known = this.work.readOnly();
		if (known == null) {
			this.succession.makeAnswerable();
		}
		return (known != null) ? known : super.isReadOnly();
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		makeReady();
		this.work.setIsolation(level);
	}

	/**
	 * Return the isolation level, for which drivers ask the server.
	 */
	@Override
	public int getTransactionIsolation() throws SQLException {
		makeReady();
		Integer known = this.work.isolation();
		return (known != null) ? known : super.getTransactionIsolation();
	}

	@Override
	public String getCatalog() throws SQLException {
		this.succession.makeAnswerable();
		return super.getCatalog();
	}

	@Override
	public void setCatalog(String catalog) throws SQLException {
		makeReady();
		this.exchanges.run(() -> delegate().setCatalog(catalog));
	}

	@Override
	public String getSchema() throws SQLException {
		this.succession.makeAnswerable();
		return super.getSchema();
	}

	@Override
	public void setSchema(String schema) throws SQLException {
		makeReady();
		this.exchanges.run(() -> delegate().setSchema(schema));
	}

	@Override
	public @Nullable SQLWarning getWarnings() throws SQLException {
		this.succession.makeAnswerable();
		return super.getWarnings();
	}

	@Override
	public void clearWarnings() throws SQLException {
		if (!isLost()) {
			super.clearWarnings();
		}
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		makeReady();
		super.setHoldability(holdability);
	}

	@Override
	public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
		makeReady();
		super.setTypeMap(map);
	}

	@Override
	public void setClientInfo(String name, String value) throws SQLClientInfoException {
		makeReady();
		super.setClientInfo(name, value);
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		makeReady();
		super.setClientInfo(properties);
	}

	// What the pool says and asks

	/**
	 * Answer whether the connection can be used. A holder asks the server, as JDBC
	 * promises; for the pool at a borrow a look at the socket is mostly enough; its
	 * keepalive task only gets the verdict the guard has already.
	 */
	@Override
	public boolean isValid(int timeout) throws SQLException {
		this.exchanges.touch();
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
			guardFailed(ex);
			return delegate().isValid(timeout);
		}
	}

	private boolean isUsable(int timeout) throws SQLException {
		PhysicalConnection asked = physical();
		if (asked.isLost()) {
			return false;
		}
		if (!asked.isInPool()) {
			return isValidForDriver(timeout);
		}
		if (!asked.isPingable()) {
			return !asked.isPastLifetime() && isValidForDriver(timeout);
		}
		return asked.ledger().pool().isKeepaliveCaller() ? !asked.isPastLifetime()
				: asked.isAlive(this.work.isDeferrable());
	}

	private boolean isValidForDriver(int timeout) throws SQLException {
		boolean valid = this.exchanges.exchange(() -> delegate().isValid(timeout));
		this.work.transaction().unseenRead(); // a driver may learn from it what is open
		if (!valid) {
			physical().lost(null, physical().wire().hasTimedOut());
		}
		return valid;
	}

	@Override
	public void beginRequest() {
		try {
			this.exchanges.borrowed();
		}
		catch (RuntimeException | Error ex) {
			guardFailed(ex);
		}
	}

	/**
	 * Take the connection back. It may have died where no statement of the guard saw it,
	 * as in reading a stream. After a wait that was given up, an answer may still come,
	 * to whoever reads next. Whoever waits for a connection gets it unasked, so it is
	 * looked at now if another one could not take its place then.
	 */
	@Override
	public void endRequest() throws SQLException {
		try {
			takeBack();
		}
		catch (RuntimeException | Error ex) {
			guardFailed(ex);
		}
	}

	private void takeBack() throws SQLException {
		boolean used = this.exchanges.takeBack();
		try {
			this.work.tellNobody();
			if (used) {
				takeBackUsed();
			}
		}
		finally {
			physical().returned();
		}
	}

	private void takeBackUsed() throws SQLException {
		try {
			this.work.takeBackUnseen();
			if (!isLost() && (delegate().isClosed() || physical().wire().hasTimedOut()
					|| (!this.work.isDeferrable() && physical().wire().isEnded()))) {
				physical().lost(null);
			}
		}
		finally {
			this.work.transaction().forget();
		}
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		try {
			if (this.networkTimeout.ask(physical(), milliseconds)) {
				makeReady();
				this.networkTimeout.set(delegate(), executor, milliseconds);
			}
		}
		catch (RuntimeException | Error ex) {
			guardFailed(ex);
			delegate().setNetworkTimeout(executor, milliseconds);
		}
	}

	private void setUp() throws SQLException {
		physical().setUp();
		physical().opened();
		this.work.begin();
	}

	@Override
	public int getNetworkTimeout() throws SQLException {
		return this.networkTimeout.get(delegate());
	}

	/**
	 * Return how the driver gives up, or gave up, after it has waited for the server.
	 */
	OwnEnd timeout() {
		return this.networkTimeout.end();
	}

	@Override
	public void close() throws SQLException {
		this.exchanges.touch();
		try {
			this.work.tellNobody();
			physical().closed();
			this.networkTimeout.apply(delegate());
		}
		catch (RuntimeException | Error ex) {
			guardFailed(ex);
		}
		finally {
			delegate().close();
		}
	}

	@Override
	public void abort(Executor executor) throws SQLException {
		this.exchanges.touch();
		this.work.tellNobody();
		physical().aborting();
		delegate().abort(executor);
	}

	// The objects behind it

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type == WorkInProgress.class) {
			return type.cast(this.work);
		}
		if (!type.isInstance(this)) {
			makeReady();
			this.networkTimeout.apply(delegate());
			this.work.rawHandedOut();
		}
		return super.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type == WorkInProgress.class || super.isWrapperFor(type);
	}

	/**
	 * Return the name of the driver's connection, which the pool writes in its messages.
	 */
	@Override
	public String toString() {
		return delegate().toString();
	}

}
