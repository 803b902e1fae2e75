package io.github.connectionguard.benchmarks.pools;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * A driver whose connections answer by themselves, after a given time. Each has a real
 * connection under it, which lies idle, so that whoever looks at sockets has one to look
 * at.
 */
public final class StubDriver implements Driver {

	private final Driver real;

	public StubDriver() throws SQLException {
		this.real = new com.mysql.cj.jdbc.Driver();
	}

	@Override
	public @Nullable Connection connect(String url, Properties info) throws SQLException {
		Connection connection = this.real.connect(url, info);
		return (connection != null) ? new StubConnection(connection) : null;
	}

	@Override
	public boolean acceptsURL(String url) throws SQLException {
		return this.real.acceptsURL(url);
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
		return this.real.getPropertyInfo(url, info);
	}

	@Override
	public int getMajorVersion() {
		return this.real.getMajorVersion();
	}

	@Override
	public int getMinorVersion() {
		return this.real.getMinorVersion();
	}

	@Override
	public boolean jdbcCompliant() {
		return this.real.jdbcCompliant();
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getLogger(StubDriver.class.getName());
	}

}
