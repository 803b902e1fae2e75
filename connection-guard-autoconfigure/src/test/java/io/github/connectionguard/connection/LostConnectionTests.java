package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.github.connectionguard.driver.ConnectionSocket;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.transaction.CommitOutcomeUnknownException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a connection that dies while code holds it.
 */
class LostConnectionTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final ConfigurableApplicationContext application = GuardedApplication.start(this.server, this.database,
			"spring.datasource.hikari.maximum-pool-size=2", "connection-guard.keepalive.enabled=false");

	private final GuardedPool pool = GuardedApplication.openPool(this.application);

	private final HikariDataSource dataSource = this.application.getBean(HikariDataSource.class);

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void everyStatementAfterTheDeathSaysSoAndTheRestSucceeds() throws SQLException {
		long id;
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				id = id(statement);
				kill(id);
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"))
					.withMessageContaining("roll back and start again");
			}
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::createStatement)
				.withMessageContaining("roll back and start again");
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
			assertThat(connection.isValid(1)).isFalse();
			connection.rollback();
			connection.setAutoCommit(true);
		}
		Awaitility.await().until(() -> this.pool.snapshot().idle() == 2);
		try (Connection next = this.dataSource.getConnection(); Statement statement = next.createStatement()) {
			assertThat(id(statement)).isNotEqualTo(id);
		}
	}

	@Test
	void deathIsNoSignOfLife() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			long id = id(statement);
			kill(id);
			long before = this.pool.ledger().now();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
			assertThat(this.pool.ledger().connections()).filteredOn(PhysicalConnection::isLost)
				.singleElement()
				.satisfies((lost) -> assertThat(lost.wire().isHeardSince(before)).isFalse());
		}
	}

	@Test
	void springSurfacesTheDeathAndNotTheRollback() {
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		TransactionTemplate transaction = this.application.getBean(TransactionTemplate.class);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> transaction.executeWithoutResult((status) -> {
				kill(single(jdbc, "SELECT CONNECTION_ID()"));
				jdbc.queryForObject("SELECT 1", Integer.class);
			}));
		assertThat(transaction.<Long>execute((status) -> single(jdbc, "SELECT 1"))).isOne();
	}

	@Test
	void commitThatIsNotAnsweredHasAnUnknownOutcome() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				kill(id(statement));
			}
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(connection::commit)
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08007"));
			connection.rollback();
		}
	}

	/**
	 * Whoever watches the connection may find it lost at any moment, also right before
	 * the commit is sent.
	 */
	@Test
	void commitFailsWhereTheLossIsSeenRightBeforeIt() throws SQLException {
		try (LostWhenAsked driver = new LostWhenAsked(this.server.connect(this.database));
				Connection connection = this.pool.ledger().open(driver, ConnectionSocket.NONE)) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute("CREATE TEMPORARY TABLE line (id INT)");
				statement.execute("INSERT INTO line VALUES (1)");
			}
			driver.guarded = connection;
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
		}
	}

	/**
	 * A change of the mode commits.
	 */
	@Test
	void changeOfTheModeFailsWhereACommitWould() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				kill(id(statement));
			}
			Awaitility.await().until(this::isLossSeen);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connection.setAutoCommit(true))
				.withMessageContaining("roll back and start again");
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	private boolean isLossSeen() {
		this.pool.ledger().connections().forEach((connection) -> connection.wire().glance());
		return this.pool.ledger().connections().stream().anyMatch(PhysicalConnection::isLost);
	}

	@Test
	void overrideOfTheUserDecidesFirst() throws SQLException {
		try (ConfigurableApplicationContext context = GuardedApplication.start(this.server, this.database,
				"spring.datasource.hikari.exception-override-class-name=" + EvictEverything.class.getName())) {
			GuardedApplication.openPool(context);
			try (Connection connection = context.getBean(HikariDataSource.class).getConnection();
					Statement statement = connection.createStatement()) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("NONSENSE"));
				assertThat(connection.isClosed()).isTrue();
			}
		}
	}

	private static long id(Statement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery("SELECT CONNECTION_ID()")) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private static long single(JdbcTemplate jdbc, String sql) {
		return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class));
	}

	private void kill(long id) {
		try (Connection other = this.server.connect(this.database); Statement statement = other.createStatement()) {
			statement.execute("KILL " + id);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A driver's connection that is lost when it is asked whether it is closed.
	 */
	private static final class LostWhenAsked extends DelegatingConnection {

		private @Nullable Connection guarded;

		LostWhenAsked(Connection delegate) {
			super(delegate);
		}

		@Override
		public boolean isClosed() throws SQLException {
			if (this.guarded instanceof GuardedConnection lost) {
				delegate().abort(Runnable::run);
				lost.physical().lost(null);
				return false;
			}
			return super.isClosed();
		}

	}

	/**
	 * Has HikariCP evict a connection after any error.
	 */
	public static class EvictEverything implements SQLExceptionOverride {

		@java.lang.Override
		public Override adjudicate(SQLException exception) {
			return Override.MUST_EVICT;
		}

	}

}
