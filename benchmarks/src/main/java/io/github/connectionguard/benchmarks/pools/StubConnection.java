package io.github.connectionguard.benchmarks.pools;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import com.mchange.v2.sql.filter.FilterConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection that answers by itself what it is asked while it is in use. What pools ask
 * while they set it up is asked of the real one.
 */
@SuppressWarnings("unchecked") // what is extended is older than generics
final class StubConnection extends FilterConnection {

	private final Connection real;

	private @Nullable PreparedStatement statement;

	private @Nullable ResultSet row;

	private boolean autoCommit = true;

	private boolean readOnly;

	StubConnection(Connection real) {
		super(real);
		this.real = real;
	}

	@Override
	public boolean isValid(int timeout) {
		Answer.validated();
		return true;
	}

	/**
	 * Prepare a statement, whatever it is: the answer is always the same.
	 */
	@Override
	public PreparedStatement prepareStatement(String sql) throws SQLException {
		PreparedStatement prepared = this.statement;
		ResultSet queried = this.row;
		if (prepared == null || queried == null) {
			prepared = this.real.prepareStatement("SELECT 1");
			queried = prepared.executeQuery();
			this.statement = prepared;
			this.row = queried;
		}
		return new StubStatement(this, prepared, queried);
	}

	@Override
	public void setAutoCommit(boolean autoCommit) {
		if (this.autoCommit != autoCommit) {
			this.autoCommit = autoCommit;
			Answer.await();
		}
	}

	@Override
	public boolean getAutoCommit() {
		return this.autoCommit;
	}

	@Override
	public void setReadOnly(boolean readOnly) {
		if (this.readOnly != readOnly) {
			this.readOnly = readOnly;
			Answer.await();
		}
	}

	@Override
	public boolean isReadOnly() {
		return this.readOnly;
	}

	@Override
	public void commit() {
		Answer.await();
	}

	@Override
	public void rollback() {
		Answer.await();
	}

	@Override
	public String toString() {
		return "stub of " + this.real;
	}

}
