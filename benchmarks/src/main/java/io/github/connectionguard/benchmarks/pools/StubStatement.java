package io.github.connectionguard.benchmarks.pools;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

import com.mchange.v2.sql.filter.FilterPreparedStatement;
import com.mchange.v2.sql.filter.FilterResultSet;

/**
 * A statement that is answered with one row.
 */
@SuppressWarnings("unchecked") // what is extended is older than generics
final class StubStatement extends FilterPreparedStatement {

	private final StubConnection connection;

	private final ResultSet row;

	private boolean closed;

	StubStatement(StubConnection connection, PreparedStatement real, ResultSet row) {
		super(real);
		this.connection = connection;
		this.row = row;
	}

	@Override
	public ResultSet executeQuery() {
		Answer.await();
		return new Row(this.row);
	}

	@Override
	public int executeUpdate() {
		Answer.await();
		return 1;
	}

	@Override
	public Connection getConnection() {
		return this.connection;
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	/**
	 * The row.
	 */
	private static final class Row extends FilterResultSet {

		private boolean read;

		private boolean closed;

		private Row(ResultSet real) {
			super(real);
		}

		@Override
		public boolean next() {
			boolean first = !this.read;
			this.read = true;
			return first;
		}

		@Override
		public int getInt(int column) {
			return 1;
		}

		@Override
		public boolean isClosed() {
			return this.closed;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
