package io.github.connectionguard.statement;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

import io.github.connectionguard.mysql.StatementKind;

/**
 * A statement of a guarded connection, which learns from it when the wire is in use, when
 * the server last answered and how a call failed.
 */
public class GuardedStatement implements Statement {

	private static final int UNKNOWN = -1;

	private final StatementExchanges exchanges;

	private final Statement delegate;

	private int fetchSize = UNKNOWN;

	private boolean reading;

	private boolean streaming;

	private StatementKind batch = StatementKind.READ;

	/**
	 * Create a statement.
	 * @param exchanges the way of its calls to the driver
	 * @param delegate the driver's statement
	 */
	public GuardedStatement(StatementExchanges exchanges, Statement delegate) {
		this.exchanges = exchanges;
		this.delegate = delegate;
	}

	/**
	 * Run a call that sends a statement.
	 */
	final <T> T send(StatementKind kind, Call<T> call) throws SQLException {
		boolean stream = hasFetchSize();
		return this.exchanges.send(kind, () -> {
			if (stream) {
				noteStream();
			}
			return call.run();
		});
	}

	private <T> T send(String sql, Call<T> call) throws SQLException {
		return send(StatementKind.of(sql), call);
	}

	/**
	 * Run a call that may bring rows.
	 */
	final boolean execute(StatementKind kind, Call<Boolean> call) throws SQLException {
		boolean rows = send(kind, call);
		if (rows) {
			noteResult();
		}
		return rows;
	}

	final ResultSet query(StatementKind kind, Call<ResultSet> call) throws SQLException {
		ResultSet result = send(kind, call);
		noteResult();
		return result;
	}

	/**
	 * Run all that was added.
	 */
	private <T> T sendBatch(Call<T> call) throws SQLException {
		return send(this.batch, call);
	}

	/**
	 * Go on to the next result of a statement that was sent.
	 */
	private boolean proceed(Call<Boolean> call) throws SQLException {
		boolean rows = this.exchanges.proceed(call);
		if (rows) {
			noteResult();
		}
		return rows;
	}

	private void noteResult() {
		if (!this.reading) {
			this.reading = true;
			this.exchanges.resultOpened();
		}
	}

	/**
	 * With a fetch size, drivers leave rows on the wire until the statement is closed,
	 * whichever way it was run. Noted before it runs, since a ping may wait for its end.
	 */
	private void noteStream() {
		if (!this.streaming) {
			this.streaming = true;
			this.exchanges.streamOpened();
		}
	}

	private boolean hasFetchSize() throws SQLException {
		if (this.fetchSize == UNKNOWN) {
			this.fetchSize = this.delegate.getFetchSize();
		}
		return this.fetchSize != 0;
	}

	/**
	 * Note a statement that is run with the next batch.
	 */
	final void added(StatementKind kind) {
		this.batch = (kind.compareTo(this.batch) > 0) ? kind : this.batch;
	}

	@Override
	public ResultSet executeQuery(String sql) throws SQLException {
		return query(StatementKind.of(sql), () -> this.delegate.executeQuery(sql));
	}

	@Override
	public Connection getConnection() {
		return this.exchanges.connection();
	}

	@Override
	public void close() throws SQLException {
		try {
			this.delegate.close();
		}
		finally {
			if (this.reading) {
				this.reading = false;
				this.exchanges.resultClosed();
			}
			if (this.streaming) {
				this.streaming = false;
				this.exchanges.streamClosed();
			}
		}
	}

	@Override
	public int executeUpdate(String sql) throws SQLException {
		return send(sql, () -> this.delegate.executeUpdate(sql));
	}

	@Override
	public int getMaxFieldSize() throws SQLException {
		return this.delegate.getMaxFieldSize();
	}

	@Override
	public void setMaxFieldSize(int max) throws SQLException {
		this.delegate.setMaxFieldSize(max);
	}

	@Override
	public int getMaxRows() throws SQLException {
		return this.delegate.getMaxRows();
	}

	@Override
	public void setMaxRows(int max) throws SQLException {
		this.delegate.setMaxRows(max);
	}

	@Override
	public void setEscapeProcessing(boolean enable) throws SQLException {
		this.delegate.setEscapeProcessing(enable);
	}

	@Override
	public int getQueryTimeout() throws SQLException {
		return this.delegate.getQueryTimeout();
	}

	@Override
	public void setQueryTimeout(int seconds) throws SQLException {
		this.delegate.setQueryTimeout(seconds);
	}

	@Override
	public void cancel() throws SQLException {
		this.delegate.cancel();
	}

	@Override
	public SQLWarning getWarnings() throws SQLException {
		return this.delegate.getWarnings();
	}

	@Override
	public void clearWarnings() throws SQLException {
		this.delegate.clearWarnings();
	}

	@Override
	public void setCursorName(String name) throws SQLException {
		this.delegate.setCursorName(name);
	}

	@Override
	public boolean execute(String sql) throws SQLException {
		return execute(StatementKind.of(sql), () -> this.delegate.execute(sql));
	}

	@Override
	public ResultSet getResultSet() throws SQLException {
		return this.delegate.getResultSet();
	}

	@Override
	public int getUpdateCount() throws SQLException {
		return this.delegate.getUpdateCount();
	}

	@Override
	public boolean getMoreResults() throws SQLException {
		return proceed(() -> this.delegate.getMoreResults());
	}

	@Override
	public void setFetchDirection(int direction) throws SQLException {
		this.delegate.setFetchDirection(direction);
	}

	@Override
	public int getFetchDirection() throws SQLException {
		return this.delegate.getFetchDirection();
	}

	@Override
	public void setFetchSize(int rows) throws SQLException {
		this.delegate.setFetchSize(rows);
		this.fetchSize = UNKNOWN;
	}

	@Override
	public int getFetchSize() throws SQLException {
		return this.delegate.getFetchSize();
	}

	@Override
	public int getResultSetConcurrency() throws SQLException {
		return this.delegate.getResultSetConcurrency();
	}

	@Override
	public int getResultSetType() throws SQLException {
		return this.delegate.getResultSetType();
	}

	@Override
	public void addBatch(String sql) throws SQLException {
		this.delegate.addBatch(sql);
		added(StatementKind.of(sql));
	}

	@Override
	public void clearBatch() throws SQLException {
		this.delegate.clearBatch();
		this.batch = StatementKind.READ;
	}

	@Override
	public int[] executeBatch() throws SQLException {
		return sendBatch(() -> this.delegate.executeBatch());
	}

	@Override
	public boolean getMoreResults(int current) throws SQLException {
		return proceed(() -> this.delegate.getMoreResults(current));
	}

	@Override
	public ResultSet getGeneratedKeys() throws SQLException {
		return this.delegate.getGeneratedKeys();
	}

	@Override
	public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
		return send(sql, () -> this.delegate.executeUpdate(sql, autoGeneratedKeys));
	}

	@Override
	public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
		return send(sql, () -> this.delegate.executeUpdate(sql, columnIndexes));
	}

	@Override
	public int executeUpdate(String sql, String[] columnNames) throws SQLException {
		return send(sql, () -> this.delegate.executeUpdate(sql, columnNames));
	}

	@Override
	public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
		return execute(StatementKind.of(sql), () -> this.delegate.execute(sql, autoGeneratedKeys));
	}

	@Override
	public boolean execute(String sql, int[] columnIndexes) throws SQLException {
		return execute(StatementKind.of(sql), () -> this.delegate.execute(sql, columnIndexes));
	}

	@Override
	public boolean execute(String sql, String[] columnNames) throws SQLException {
		return execute(StatementKind.of(sql), () -> this.delegate.execute(sql, columnNames));
	}

	@Override
	public int getResultSetHoldability() throws SQLException {
		return this.delegate.getResultSetHoldability();
	}

	@Override
	public boolean isClosed() throws SQLException {
		return this.delegate.isClosed();
	}

	@Override
	public void setPoolable(boolean poolable) throws SQLException {
		this.delegate.setPoolable(poolable);
	}

	@Override
	public boolean isPoolable() throws SQLException {
		return this.delegate.isPoolable();
	}

	@Override
	public void closeOnCompletion() throws SQLException {
		this.delegate.closeOnCompletion();
	}

	@Override
	public boolean isCloseOnCompletion() throws SQLException {
		return this.delegate.isCloseOnCompletion();
	}

	@Override
	public long getLargeUpdateCount() throws SQLException {
		return this.delegate.getLargeUpdateCount();
	}

	@Override
	public void setLargeMaxRows(long max) throws SQLException {
		this.delegate.setLargeMaxRows(max);
	}

	@Override
	public long getLargeMaxRows() throws SQLException {
		return this.delegate.getLargeMaxRows();
	}

	@Override
	public long[] executeLargeBatch() throws SQLException {
		return sendBatch(() -> this.delegate.executeLargeBatch());
	}

	@Override
	public long executeLargeUpdate(String sql) throws SQLException {
		return send(sql, () -> this.delegate.executeLargeUpdate(sql));
	}

	@Override
	public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
		return send(sql, () -> this.delegate.executeLargeUpdate(sql, autoGeneratedKeys));
	}

	@Override
	public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
		return send(sql, () -> this.delegate.executeLargeUpdate(sql, columnIndexes));
	}

	@Override
	public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
		return send(sql, () -> this.delegate.executeLargeUpdate(sql, columnNames));
	}

	@Override
	public String enquoteLiteral(String val) throws SQLException {
		return this.delegate.enquoteLiteral(val);
	}

	@Override
	public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
		return this.delegate.enquoteIdentifier(identifier, alwaysQuote);
	}

	@Override
	public boolean isSimpleIdentifier(String identifier) throws SQLException {
		return this.delegate.isSimpleIdentifier(identifier);
	}

	@Override
	public String enquoteNCharLiteral(String val) throws SQLException {
		return this.delegate.enquoteNCharLiteral(val);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		this.exchanges.rawHandedOut();
		this.fetchSize = UNKNOWN;
		return type.isInstance(this.delegate) ? type.cast(this.delegate) : this.delegate.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || type.isInstance(this.delegate) || this.delegate.isWrapperFor(type);
	}

	/**
	 * Return what the driver writes of the statement, as it is logged.
	 */
	@Override
	public String toString() {
		return this.delegate.toString();
	}

}
