package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.mysql.cj.jdbc.JdbcConnection;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.transaction.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a commit or a rollback is sent unless nothing can be open, whatever the
 * driver believes.
 */
class EndOfTransactionTests {

	private final TestServer server = TestServer.shared();

	private @Nullable PoolOfOne started;

	private PoolOfOne start(String driver, String... properties) throws SQLException {
		PoolOfOne pool = new PoolOfOne(driver, properties);
		this.started = pool;
		return pool;
	}

	@AfterEach
	void stop() throws SQLException {
		if (this.started != null) {
			this.started.close();
		}
	}

	static Stream<String> drivers() {
		return Stream.of("jdbc:mysql:", "jdbc:mariadb:");
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void commitIsSentAfterThePingOfTheHolder(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		pool.connection.setAutoCommit(false);
		pool.insert();
		pool.connection.isValid(1);
		pool.connection.setAutoCommit(false);
		pool.connection.commit();
		assertThat(pool.table.count()).isOne();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void commitIsSentAfterThePingOfTheGuard(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		pool.connection.setAutoCommit(false);
		pool.insert();
		pool.ping();
		pool.connection.setAutoCommit(false);
		pool.connection.commit();
		assertThat(pool.table.count()).isOne();
	}

	/**
	 * With this property, the driver itself sends a commit only if it believes that there
	 * is something to commit.
	 */
	@Test
	void pingOfTheGuardDoesNotChangeWhatTheDriverBelieves() throws SQLException {
		PoolOfOne pool = start("jdbc:mysql:", "?useLocalTransactionState=true");
		pool.connection.setAutoCommit(false);
		pool.insert();
		pool.ping();
		pool.connection.commit();
		assertThat(pool.table.count()).isOne();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void rollbackIsSentAfterAPing(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		pool.connection.setAutoCommit(false);
		pool.insert();
		pool.connection.isValid(1);
		pool.connection.setAutoCommit(false);
		pool.connection.rollback();
		pool.connection.setAutoCommit(true);
		pool.borrow();
		pool.insert();
		assertThat(pool.table.count()).isOne();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void deathAtTheRollbackToASavepointIsNoted(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		pool.connection.setAutoCommit(false);
		pool.insert();
		Savepoint savepoint = pool.connection.setSavepoint();
		pool.killSession();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> pool.connection.rollback(savepoint));
		assertThat(pool.guard.report().lastLoss()).isNotNull();
	}

	@Test
	void commitIsSentAfterAProcedureThatFailedHalfWay() throws SQLException {
		PoolOfOne pool = start("jdbc:mysql:");
		pool.connection.setAutoCommit(false);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> pool.execute("CALL insert_and_fail()"));
		pool.connection.setAutoCommit(false);
		pool.connection.commit();
		assertThat(pool.table.count()).isOne();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void modeThatATextHasChangedIsSetAnew(String driver) throws SQLException {
		PoolOfOne pool = start(driver, "spring.datasource.hikari.auto-commit=false");
		pool.execute("SET autocommit = 1");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> pool.execute("SELECT nothing"));
		pool.connection.setAutoCommit(false);
		pool.insert();
		pool.connection.rollback();
		assertThat(pool.table.count()).isZero();
	}

	@Test
	void laterLeasesCommitAfterATextHasLeftTheMode() throws SQLException {
		PoolOfOne pool = start("jdbc:mysql:", "?useLocalSessionState=true");
		pool.execute("SET autocommit = 0");
		for (int i = 0; i < 3; i++) {
			pool.borrow();
			pool.connection.setAutoCommit(false);
			pool.insert();
			pool.connection.commit();
			pool.connection.setAutoCommit(true);
		}
		pool.borrow();
		pool.insert();
		assertThat(pool.table.count()).isEqualTo(4);
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void commitIsSentAfterATextAndACallHaveLeftTheMode(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		pool.execute("SET autocommit = 0");
		pool.insert();
		pool.connection.setAutoCommit(false);
		pool.connection.commit();
		assertThat(pool.table.count()).isOne();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void commitIsSentAfterABatchInWhichATextHasLeftTheMode(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		try (Statement batch = pool.connection.createStatement()) {
			batch.addBatch("SET autocommit = 0");
			batch.addBatch("INSERT INTO line (name) VALUES ('b')");
			batch.executeBatch();
		}
		pool.connection.setAutoCommit(false);
		pool.connection.commit();
		assertThat(pool.table.count()).isOne();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void commitIsSentAfterARollbackToASavepoint(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		pool.connection.setAutoCommit(false);
		pool.insert();
		Savepoint savepoint = pool.connection.setSavepoint();
		pool.insert();
		pool.connection.rollback(savepoint);
		pool.connection.commit();
		assertThat(pool.table.count()).isOne();
	}

	/**
	 * MariaDB's driver reads the rest of the result itself.
	 */
	@Test
	void modeIsNotForgottenWhereItCannotBeSetYet() throws SQLException {
		PoolOfOne pool = start("jdbc:mysql:");
		pool.insert();
		pool.insert();
		try (Statement stream = pool.connection.createStatement()) {
			stream.setFetchSize(Integer.MIN_VALUE);
			stream.execute("SELECT id FROM line");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> pool.connection.setAutoCommit(false));
			assertThat(pool.connection.getAutoCommit()).isTrue();
		}
		pool.connection.setAutoCommit(false);
		pool.insert();
		assertThat(pool.table.count()).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void resultThatExecuteLeftOnTheWireIsNotPingedInto(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		pool.insert();
		pool.insert();
		try (Statement stream = pool.connection.createStatement()) {
			stream.setFetchSize(driver.contains("mariadb") ? 1 : Integer.MIN_VALUE);
			stream.execute("SELECT id FROM line");
			try (ResultSet rows = stream.getResultSet()) {
				rows.next();
				Wire wire = pool.wire();
				assertThat(wire.isStreaming()).isTrue();
				PingResult before = pool.guard.ledger().lastPing();
				pool.ping();
				assertThat(pool.guard.ledger().lastPing()).isSameAs(before);
				assertThat(rows.next()).isTrue();
			}
		}
		pool.ping();
		assertThat(pool.guard.ledger().lastPing()).isNotNull();
	}

	@Test
	void resultOfTheDriversOwnStatementIsNotPingedInto() throws SQLException {
		PoolOfOne pool = start("jdbc:mariadb:");
		try (Statement statement = pool.connection.unwrap(org.mariadb.jdbc.Connection.class).createStatement()) {
			statement.setFetchSize(1);
			statement.executeQuery("SELECT 1 UNION SELECT 2");
			PingResult before = pool.guard.ledger().lastPing();
			pool.ping();
			assertThat(pool.guard.ledger().lastPing()).isSameAs(before);
		}
	}

	@Test
	void commitAfterTheHoldersOwnCloseSaysWhatTheDriverSays() throws SQLException {
		PoolOfOne pool = start("jdbc:mysql:");
		pool.connection.setAutoCommit(false);
		pool.insert();
		pool.connection.unwrap(JdbcConnection.class).close();
		assertThatExceptionOfType(SQLException.class).isThrownBy(pool.connection::commit)
			.isNotInstanceOf(CommitOutcomeUnknownException.class)
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08003"));
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void modeOfAClosedConnectionCannotBeSet(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		pool.guard.ledger().connections().iterator().next().connection().abort(Runnable::run);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> pool.connection.setAutoCommit(false));
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void statementIsWrittenAsTheDriverWritesIt(String driver) throws SQLException {
		PoolOfOne pool = start(driver);
		try (Statement prepared = pool.connection.prepareStatement("SELECT name FROM line WHERE id = ?");
				Statement call = pool.connection.prepareCall("CALL insert_and_fail()")) {
			assertThat(prepared.toString()).contains("FROM line WHERE");
			assertThat(Set.of(call)).contains(call);
		}
	}

	/**
	 * A pool of one connection, which is lent.
	 */
	private final class PoolOfOne {

		private final TestServer server = EndOfTransactionTests.this.server;

		private final String database = this.server.createDatabase();

		private final ConfigurableApplicationContext application;

		private final GuardedPool guard;

		private final LineTable table;

		private Connection connection;

		PoolOfOne(String driver, String... properties) throws SQLException {
			List<String> all = new ArrayList<>();
			String url = driver + this.server.jdbcUrl(this.database).substring("jdbc:mysql:".length());
			for (String property : properties) {
				if (property.startsWith("?")) {
					url += "&" + property.substring(1);
				}
				else {
					all.add(property);
				}
			}
			all.add("spring.datasource.url=" + (driver.contains("mariadb") ? url.replace("DISABLED", "disable") : url));
			all.add("spring.datasource.hikari.maximum-pool-size=1");
			this.application = GuardedApplication.start(this.server, this.database, all.toArray(String[]::new));
			this.guard = GuardedApplication.openPool(this.application);
			this.connection = this.application.getBean(HikariDataSource.class).getConnection();
			this.table = LineTable.create(this.server, this.database,
					"id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20)");
			this.server
				.execute("CREATE PROCEDURE " + this.database + ".insert_and_fail() BEGIN INSERT INTO line (name) "
						+ "VALUES ('p'); SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'failed half way'; END");
		}

		void killSession() throws SQLException {
			try (Statement statement = this.connection.createStatement();
					ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
				row.next();
				this.server.execute("KILL " + row.getLong(1));
			}
		}

		void borrow() throws SQLException {
			this.connection.close();
			this.connection = this.application.getBean(HikariDataSource.class).getConnection();
		}

		Wire wire() {
			return this.guard.ledger().connections().iterator().next().wire();
		}

		void ping() {
			wire().pings().keepAlive(Duration.ofSeconds(1));
		}

		void insert() throws SQLException {
			execute("INSERT INTO line (name) VALUES ('a')");
		}

		void execute(String sql) throws SQLException {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute(sql);
			}
		}

		void close() throws SQLException {
			try {
				this.connection.close();
			}
			finally {
				this.application.close();
			}
		}

	}

}
