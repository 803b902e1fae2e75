package io.github.connectionguard.fleet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A server's counters, read without a login.
 */
final class Status {

	private Status() {
	}

	static long of(Connection connection, String name) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
			row.next();
			return row.getLong(2);
		}
	}

}
