package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-commit mode, of which the server is told only when it matters. The
 * model is the same pool without the guard.
 */
class AutoCommitTests {

	private static final int CALLS = 15;

	private final TestServer server = TestServer.shared();

	@ParameterizedTest
	@MethodSource("drivers")
	void sequencesOfCallsShowWhatAPlainConnectionShows(String driver) throws SQLException {
		compare(driver, 0, 10);
	}

	@ParameterizedTest
	@MethodSource("drivers")
	@Tag("slow")
	void manySequencesOfCallsShowWhatAPlainConnectionShows(String driver) throws SQLException {
		compare(driver, 1000, 1100);
	}

	static Stream<String> drivers() {
		return Stream.of("jdbc:mysql:", "jdbc:mysql:useLocalSessionState=true", "jdbc:mysql:useServerPrepStmts=true",
				"jdbc:mariadb:");
	}

	private void compare(String driver, int firstSeed, int endSeed) throws SQLException {
		try (Subject guarded = new Subject(driver, true); Subject plain = new Subject(driver, false)) {
			for (int seed = firstSeed; seed < endSeed; seed++) {
				List<Call> calls = new Random(seed).ints(CALLS, 0, Call.values().length)
					.mapToObj((i) -> Call.values()[i])
					.toList();
				guarded.borrow();
				plain.borrow();
				for (int i = 0; i < calls.size(); i++) {
					String expected = plain.make(calls.get(i));
					assertThat(guarded.make(calls.get(i)))
						.as("driver %s, seed %d, after %s", driver, seed, calls.subList(0, i + 1))
						.isEqualTo(expected);
					if (plain.isEvicted()) {
						guarded.replace();
						plain.borrow();
					}
					assertThat(guarded.autoCommit())
						.as("driver %s, seed %d, after %s", driver, seed, calls.subList(0, i + 1))
						.isEqualTo(plain.autoCommit());
				}
			}
		}
	}

	@Test
	void transactionsThatFollowOneAnotherNeedNoSet() throws SQLException {
		try (Subject guarded = new Subject("jdbc:mysql:", true)) {
			guarded.borrow();
			guarded.make(Call.BEGIN_TRANSACTION);
			long before = guarded.sets();
			for (int i = 0; i < 10; i++) {
				guarded.make(Call.INSERT);
				guarded.make(Call.COMMIT);
				guarded.make(Call.RETURN_AND_BORROW);
				guarded.make(Call.BEGIN_TRANSACTION);
			}
			assertThat(guarded.sets() - before).isZero();
		}
	}

	@Test
	void modeIsSetAtOnceWhereItIsSwitchedOff() throws SQLException {
		try (Subject guarded = new Subject("jdbc:mysql:", true, "connection-guard.defer-auto-commit=false")) {
			guarded.borrow();
			long before = guarded.sets();
			guarded.make(Call.BEGIN_TRANSACTION);
			guarded.make(Call.END_TRANSACTION);
			assertThat(guarded.sets() - before).isEqualTo(2);
		}
	}

	/**
	 * A call, or something else that happens to a connection.
	 */
	private enum Call {

		BEGIN_TRANSACTION, END_TRANSACTION, INSERT, INSERT_PREPARED, SELECT, SELECT_PREPARED, COMMIT, ROLLBACK,
		SAVEPOINT, ROLLBACK_TO_SAVEPOINT, SQL_AUTOCOMMIT_ON, SQL_AUTOCOMMIT_OFF, SQL_BEGIN, SQL_COMMIT, SQL_ERROR,
		READ_ONLY, READ_WRITE, READ_COMMITTED, META_DATA, QUERY_META_DATA, DRIVERS_OWN, UPDATABLE, STREAM, VALID,
		RETURN_AND_BORROW, OTHERS_INSERT

	}

	/**
	 * A connection to a table of its own, by way of a pool of one.
	 */
	private final class Subject implements AutoCloseable {

		private final String database = AutoCommitTests.this.server.createDatabase();

		private final ConfigurableApplicationContext application;

		private final HikariDataSource pool;

		private final Connection other = AutoCommitTests.this.server.connect(this.database);

		private @Nullable Connection connection;

		private @Nullable Savepoint savepoint;

		Subject(String driver, boolean guarded, String... properties) throws SQLException {
			String prefix = driver.substring(0, driver.indexOf(':', 5) + 1);
			String url = AutoCommitTests.this.server.jdbcUrl(this.database).replace("jdbc:mysql:", prefix);
			if (prefix.contains("mariadb")) {
				url = url.replace("sslMode=DISABLED", "sslMode=disable");
			}
			List<String> all = new ArrayList<>(List.of(properties));
			all.add("spring.datasource.url=" + url + "&" + driver.substring(prefix.length()));
			all.add("spring.datasource.hikari.maximum-pool-size=1");
			all.add("connection-guard.enabled=" + guarded);
			this.application = GuardedApplication.start(AutoCommitTests.this.server, this.database,
					all.toArray(String[]::new));
			this.pool = this.application.getBean(HikariDataSource.class);
			try (Statement statement = this.other.createStatement()) {
				statement.execute("CREATE TABLE line (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))");
				statement.execute("INSERT INTO line (name) VALUES ('a'), ('b'), ('c')");
				statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
				statement.execute("SET SESSION innodb_lock_wait_timeout = 1");
			}
			if (guarded) {
				GuardedApplication.openPool(this.application);
			}
		}

		void borrow() throws SQLException {
			if (this.connection != null) {
				this.connection.close();
			}
			this.savepoint = null;
			this.connection = this.pool.getConnection();
		}

		void replace() throws SQLException {
			if (this.connection != null) {
				this.pool.evictConnection(this.connection);
				this.connection = null;
			}
			borrow();
		}

		/**
		 * Make a call and tell everything that can be seen after it.
		 */
		String make(Call call) throws SQLException {
			Connection current = this.connection;
			if (current == null) {
				throw new IllegalStateException();
			}
			String outcome;
			try {
				outcome = String.valueOf(make(call, current));
			}
			catch (SQLException ex) {
				outcome = ex.getClass().getSimpleName() + " " + ex.getSQLState() + " " + ex.getErrorCode();
			}
			return "%s -> %s, others see %d".formatted(call, outcome, count(this.other));
		}

		/**
		 * Tell whether HikariCP took the connection for dead, as it does where the driver
		 * refuses to commit in auto-commit mode.
		 */
		boolean isEvicted() throws SQLException {
			return this.connection != null && this.connection.isClosed();
		}

		boolean autoCommit() throws SQLException {
			return this.connection != null && this.connection.getAutoCommit();
		}

		/**
		 * Return how many SET statements the session has run.
		 */
		long sets() throws SQLException {
			if (this.connection == null) {
				throw new IllegalStateException();
			}
			try (Statement statement = this.connection.createStatement();
					ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Com_set_option'")) {
				row.next();
				return row.getLong(2);
			}
		}

		private @Nullable Object make(Call call, Connection current) throws SQLException {
			switch (call) {
				case BEGIN_TRANSACTION -> current.setAutoCommit(false);
				case END_TRANSACTION -> current.setAutoCommit(true);
				case INSERT -> execute(current, "INSERT INTO line (name) VALUES ('x')");
				case INSERT_PREPARED -> {
					try (PreparedStatement statement = current.prepareStatement("INSERT INTO line (name) VALUES (?)")) {
						statement.setString(1, "y");
						return statement.executeUpdate();
					}
				}
				case SELECT -> {
					return count(current);
				}
				case SELECT_PREPARED -> {
					try (PreparedStatement statement = current.prepareStatement("SELECT COUNT(*) FROM line");
							ResultSet row = statement.executeQuery()) {
						row.next();
						return row.getLong(1);
					}
				}
				case COMMIT -> current.commit();
				case ROLLBACK -> current.rollback();
				case SAVEPOINT -> {
					this.savepoint = current.setSavepoint("here");
				}
				case ROLLBACK_TO_SAVEPOINT -> {
					if (this.savepoint != null) {
						current.rollback(this.savepoint);
					}
				}
				case SQL_AUTOCOMMIT_ON -> execute(current, "SET autocommit = 1");
				case SQL_AUTOCOMMIT_OFF -> execute(current, "SET autocommit = 0");
				case SQL_BEGIN -> execute(current, "BEGIN");
				case SQL_COMMIT -> execute(current, "COMMIT");
				case SQL_ERROR -> execute(current, "SELECT nothing");
				case READ_ONLY -> current.setReadOnly(true);
				case READ_WRITE -> current.setReadOnly(false);
				case READ_COMMITTED -> current.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
				case META_DATA -> {
					try (ResultSet tables = current.getMetaData()
						.getTables(this.database, null, "line", new String[] { "TABLE" })) {
						return tables.next();
					}
				}
				case QUERY_META_DATA -> {
					try (PreparedStatement statement = current.prepareStatement("SELECT id, name FROM line")) {
						return statement.getMetaData().getColumnCount();
					}
				}
				case DRIVERS_OWN -> {
					try (Statement statement = current.createStatement()) {
						return statement.unwrap(com.mysql.cj.jdbc.JdbcStatement.class)
							.executeUpdate("INSERT INTO line (name) VALUES ('own')");
					}
				}
				case UPDATABLE -> {
					try (Statement statement = current.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE,
							ResultSet.CONCUR_UPDATABLE);
							ResultSet row = statement.executeQuery("SELECT id, name FROM line WHERE id = 1")) {
						row.next();
						row.updateString(2, "updated");
						row.updateRow();
					}
				}
				case STREAM -> {
					try (Statement statement = current.createStatement()) {
						statement.setFetchSize(isMariaDb(current) ? 1 : Integer.MIN_VALUE);
						try (ResultSet rows = statement.executeQuery("SELECT id FROM line")) {
							rows.next();
							current.setAutoCommit(!current.getAutoCommit());
							return rows.next();
						}
					}
				}
				case VALID -> {
					return current.isValid(1);
				}
				case RETURN_AND_BORROW -> borrow();
				case OTHERS_INSERT -> execute(this.other, "INSERT INTO line (name) VALUES ('other')");
				default -> throw new IllegalStateException(call.name());
			}
			return null;
		}

		private static boolean isMariaDb(Connection connection) throws SQLException {
			return connection.isWrapperFor(org.mariadb.jdbc.Connection.class);
		}

		private static void execute(Connection on, String sql) throws SQLException {
			try (Statement statement = on.createStatement()) {
				statement.execute(sql);
			}
		}

		private static long count(Connection on) throws SQLException {
			try (Statement statement = on.createStatement();
					ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM line")) {
				row.next();
				return row.getLong(1);
			}
		}

		@Override
		public void close() throws SQLException {
			this.application.close();
			this.other.close();
		}

	}

}
