package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-commit mode, of which the server is told only when it matters. That
 * nobody sees more of it than that is for the differential tests to show.
 */
class AutoCommitTests {

	private final TestServer server = TestServer.shared();

	@Test
	void transactionsThatFollowOneAnotherNeedNoSet() throws SQLException {
		try (ConfigurableApplicationContext application = start()) {
			HikariDataSource pool = application.getBean(HikariDataSource.class);
			long before = setsOfFirstTransaction(pool);
			for (int i = 0; i < 10; i++) {
				try (Connection connection = pool.getConnection()) {
					connection.setAutoCommit(false);
					insert(connection);
					connection.commit();
				}
			}
			try (Connection connection = pool.getConnection()) {
				connection.setAutoCommit(false);
				assertThat(sets(connection) - before).isZero();
			}
		}
	}

	@Test
	void stateIsSetAtOnceWhereThatIsSwitchedOff() throws SQLException {
		try (ConfigurableApplicationContext application = start("connection-guard.defer-session-state=false");
				Connection connection = application.getBean(HikariDataSource.class).getConnection()) {
			long before = sets(connection);
			connection.setAutoCommit(false);
			connection.setAutoCommit(true);
			connection.setReadOnly(true);
			connection.setReadOnly(false);
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			assertThat(sets(connection) - before).isEqualTo(5);
		}
	}

	private ConfigurableApplicationContext start(String... properties) {
		String database = this.server.createDatabase();
		LineTable.create(this.server, database);
		String[] all = Stream.concat(Stream.of("spring.datasource.hikari.maximum-pool-size=1"), Stream.of(properties))
			.toArray(String[]::new);
		ConfigurableApplicationContext application = GuardedApplication.start(this.server, database, all);
		GuardedApplication.openPool(application);
		return application;
	}

	private static long setsOfFirstTransaction(HikariDataSource pool) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			connection.setAutoCommit(false);
			return sets(connection);
		}
	}

	private static void insert(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("INSERT INTO line (name) VALUES ('x')");
		}
	}

	/**
	 * Return how many SET statements the session has run.
	 */
	private static long sets(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Com_set_option'")) {
			row.next();
			return row.getLong(2);
		}
	}

}
