package io.github.connectionguard.connection;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;

import com.mysql.cj.jdbc.JdbcConnection;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.transaction.WorkInProgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GuardedConnection} in a pool, on a real server.
 */
class GuardedConnectionTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	private final ConfigurableApplicationContext application = GuardedApplication.start(this.server, this.database,
			"spring.datasource.hikari.maximum-pool-size=2");

	private final GuardedPool pool = GuardedApplication.openPool(this.application);

	private Connection connection;

	@BeforeEach
	void borrow() throws SQLException {
		this.connection = this.application.getBean(HikariDataSource.class).getConnection();
		this.connection.setAutoCommit(false);
	}

	@AfterEach
	void giveBack() throws SQLException {
		this.connection.close();
		this.application.close();
	}

	@Test
	void commitWithNothingToCommitIsNotSent() throws SQLException {
		long before = this.server.status("Com_commit");
		this.connection.commit();
		this.connection.rollback();
		assertThat(this.server.status("Com_commit")).isEqualTo(before);
		insert("a");
		this.connection.commit();
		this.connection.commit();
		assertThat(this.server.status("Com_commit")).isEqualTo(before + 1);
		assertThat(this.table.count()).isOne();
	}

	@Test
	void workDoneOnTheDriversOwnConnectionIsCommitted() throws SQLException {
		JdbcConnection driver = this.connection.unwrap(JdbcConnection.class);
		this.connection.commit();
		try (Statement statement = driver.createStatement()) {
			statement.executeUpdate("INSERT INTO line VALUES ('raw')");
		}
		this.connection.commit();
		assertThat(this.table.count()).isOne();
	}

	@Test
	void rowWrittenThroughAnUpdatableResultIsCommitted() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("ALTER TABLE line ADD id INT AUTO_INCREMENT PRIMARY KEY");
		}
		insert("a");
		this.connection.commit();
		try (Statement statement = this.connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE,
				ResultSet.CONCUR_UPDATABLE); ResultSet row = statement.executeQuery("SELECT id, name FROM line")) {
			row.next();
			this.connection.commit();
			row.updateString("name", "b");
			row.updateRow();
			this.connection.commit();
		}
		assertThat(count("SELECT COUNT(*) FROM line WHERE name = 'b'")).isOne();
	}

	@Test
	void commitInAutoCommitModeIsRefusedAsByTheDriver() throws SQLException {
		this.connection.setAutoCommit(true);
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.connection::commit);
	}

	@Test
	void everyKindOfStatementIsWorkOnTheWire() throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement("INSERT INTO line VALUES (?)")) {
			statement.setString(1, "prepared");
			statement.addBatch();
			statement.setString(1, "batched");
			statement.addBatch();
			assertThat(statement.executeBatch()).hasSize(2);
		}
		this.connection.commit();
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("CREATE PROCEDURE twice(IN n INT, OUT r INT) SET r = 2 * n");
		}
		try (CallableStatement call = this.connection.prepareCall("{call twice(?, ?)}")) {
			call.setInt(1, 21);
			call.registerOutParameter(2, Types.INTEGER);
			call.execute();
			assertThat(call.getInt(2)).isEqualTo(42);
		}
		assertThat(this.table.count()).isEqualTo(2);
	}

	@Test
	void deadlockIsKnownToHaveUndoneWhatWasWritten() throws Exception {
		WorkInProgress work = this.connection.unwrap(WorkInProgress.class);
		insert("a");
		assertThat(work.hasWritten()).isTrue();
		assertThat(work.isUndone()).isFalse();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213");
			}
		});
		assertThat(work.isUndone()).isTrue();
		this.connection.rollback();
		assertThat(work.isUndone()).isFalse();
		assertThat(work.hasWorked()).isFalse();
	}

	@Test
	void openStreamIsKnownUntilItsStatementCloses() throws SQLException {
		insert("a");
		insert("b");
		PhysicalConnection held = this.pool.ledger()
			.connections()
			.stream()
			.filter(PhysicalConnection::isHeld)
			.findFirst()
			.orElseThrow();
		try (Statement statement = this.connection.createStatement()) {
			statement.setFetchSize(Integer.MIN_VALUE);
			ResultSet rows = statement.executeQuery("SELECT name FROM line");
			rows.next();
			assertThat(held.wire().isStreaming()).isTrue();
		}
		assertThat(held.wire().isStreaming()).isFalse();
	}

	@Test
	void networkTimeoutOfTheHolderReachesTheDriverAndEndsWithTheLease() throws SQLException {
		int original = this.connection.getNetworkTimeout();
		this.connection.setNetworkTimeout(Runnable::run, 7000);
		assertThat(this.connection.unwrap(JdbcConnection.class).getNetworkTimeout()).isEqualTo(7000);
		this.connection.close();
		this.connection = this.application.getBean(HikariDataSource.class).getConnection();
		this.connection.setAutoCommit(false);
		assertThat(this.connection.unwrap(JdbcConnection.class).getNetworkTimeout()).isEqualTo(original);
	}

	@Test
	void validityIsAskedOfTheServerByTheHolder() throws SQLException {
		assertThat(this.connection.isValid(1)).isTrue();
		long id = count("SELECT CONNECTION_ID()");
		this.server.execute("KILL " + id);
		assertThat(this.connection.isValid(1)).isFalse();
	}

	private void insert(String name) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.executeUpdate("INSERT INTO line (name) VALUES ('" + name + "')");
		}
	}

	private long count(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getLong(1);
		}
	}

}
