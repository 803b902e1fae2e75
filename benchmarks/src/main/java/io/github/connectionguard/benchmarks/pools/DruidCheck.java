package io.github.connectionguard.benchmarks.pools;

import java.sql.Connection;
import java.sql.SQLException;

import com.alibaba.druid.pool.ValidConnectionCheckerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Has Druid test connections by what all other pools test them by.
 */
final class DruidCheck extends ValidConnectionCheckerAdapter {

	@Override
	public boolean isValidConnection(Connection connection, @Nullable String query, int timeout) throws SQLException {
		return connection.isValid(Math.max(0, timeout));
	}

}
