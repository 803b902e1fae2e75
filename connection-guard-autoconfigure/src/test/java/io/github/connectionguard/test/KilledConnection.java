package io.github.connectionguard.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import io.github.connectionguard.testsupport.TestServer;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Work on a connection whose session is killed.
 */
public final class KilledConnection {

	private KilledConnection() {
	}

	/**
	 * Write in a transaction whose session is killed before its commit, which fails.
	 * @param server the server
	 * @param dataSource the pool
	 * @throws SQLException if anything else fails
	 */
	public static void commit(TestServer server, DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("CREATE TEMPORARY TABLE work (id INT)");
			statement.execute("INSERT INTO work VALUES (1)");
			server.execute("KILL " + connectionId(statement));
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
		}
	}

	private static String connectionId(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
			row.next();
			return row.getString(1);
		}
	}

}
