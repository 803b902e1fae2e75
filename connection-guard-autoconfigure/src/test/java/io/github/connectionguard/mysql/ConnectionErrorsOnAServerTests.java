package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.connectionguard.test.ServerPings;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ConnectionErrors} with what each driver makes of the errors of a real
 * server.
 */
@Tag("extended")
@ParameterizedClass
@EnumSource
class ConnectionErrorsOnAServerTests {

	private static final TestServer SERVER = TestServer.shared();

	private static final String LONG_QUERY = "SELECT SLEEP(30) FROM item";

	private final String database = SERVER.createDatabase();

	private final DriverUnderTest driver;

	ConnectionErrorsOnAServerTests(DriverUnderTest driver) {
		this.driver = driver;
	}

	@BeforeEach
	void createTable() throws SQLException {
		createTable(SERVER, this.database);
	}

	@Test
	void killWhileIdleIsADeath() throws Exception {
		try (Connection connection = connect("")) {
			kill(idOf(connection));
			assertDeath(failureOf(connection, "SELECT 1"));
			assertDeath(failureOf(connection, "SELECT 1"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&rewriteBatchedStatements=true", "&useServerPrepStmts=true" })
	void killWhileIdleIsADeathToABatch(String parameters) throws Exception {
		try (Connection connection = connect(parameters)) {
			kill(idOf(connection));
			assertDeath(failureOf(() -> insertBatch(connection, 100)));
		}
	}

	@Test
	void killWhileIdleIsADeathToAStatementPreparedOnTheServer() throws Exception {
		try (Connection connection = connect("&useServerPrepStmts=true")) {
			PreparedStatement statement = connection.prepareStatement("SELECT name FROM item");
			statement.execute();
			kill(idOf(connection));
			assertDeath(failureOf(statement::execute));
			connection.abort(Runnable::run);
		}
	}

	@Test
	void killWhileIdleIsADeathToACommit() throws Exception {
		try (Connection connection = connect("")) {
			connection.setAutoCommit(false);
			execute(connection, "INSERT INTO item VALUES (3, 'three')");
			kill(idOf(connection));
			assertDeath(failureOf(connection::commit));
		}
	}

	@Test
	void killDuringAStatementIsADeath() throws Exception {
		try (Connection connection = connect("")) {
			CompletableFuture<SQLException> failure = startLongQuery(SERVER, connection);
			kill(longQuery(SERVER, this.database));
			assertDeath(failure.get(20, TimeUnit.SECONDS));
		}
	}

	@Test
	void waitTimeoutIsADeath() throws Exception {
		try (Connection connection = connect("")) {
			long id = idOf(connection);
			execute(connection, "SET SESSION wait_timeout = 1");
			awaitEnd(id);
			assertDeath(failureOf(connection, "SELECT 1"));
		}
	}

	@Test
	@Tag("slow")
	void shutdownWhileIdleIsADeath() throws Exception {
		try (TestServer server = TestServer.start(); Connection connection = connect(server, server.port(), "")) {
			server.stop();
			assertDeath(failureOf(connection, "SELECT 1"));
		}
	}

	@Test
	@Tag("slow")
	void shutdownDuringAStatementIsADeath() throws Exception {
		try (TestServer server = TestServer.start(); Connection connection = connect(server, server.port(), "")) {
			CompletableFuture<SQLException> failure = startLongQuery(server, connection);
			server.stop();
			assertDeath(failure.get(20, TimeUnit.SECONDS));
		}
	}

	@Test
	void resetByTheNetworkIsADeath() throws Exception {
		try (TcpHop hop = TcpHop.to(SERVER.port()); Connection connection = connect(SERVER, hop.port(), "")) {
			hop.reset();
			assertDeath(failureOf(connection, "SELECT 1"));
		}
	}

	@Test
	void resetByTheNetworkDuringAStatementIsADeath() throws Exception {
		try (TcpHop hop = TcpHop.to(SERVER.port()); Connection connection = connect(SERVER, hop.port(), "")) {
			CompletableFuture<SQLException> failure = startLongQuery(SERVER, connection);
			hop.reset();
			assertDeath(failure.get(20, TimeUnit.SECONDS));
		}
	}

	@Test
	void socketTimeoutOnASilentPathIsADeath() throws Exception {
		try (TcpHop hop = TcpHop.to(SERVER.port());
				Connection connection = connect(SERVER, hop.port(), "&socketTimeout=500")) {
			hop.silence();
			assertDeath(failureOf(connection, "SELECT 1"));
		}
	}

	@Test
	void killOfAStatementIsNotADeath() throws Exception {
		try (Connection connection = connect("")) {
			CompletableFuture<SQLException> failure = startLongQuery(SERVER, connection);
			asAdmin(SERVER, "KILL QUERY " + longQuery(SERVER, this.database));
			assertAlive(connection, failure.get(20, TimeUnit.SECONDS), 1317);
		}
	}

	@Test
	void queryTimeoutOfTheDriverIsNotADeath() throws Exception {
		try (Connection connection = connect(""); Statement statement = connection.createStatement()) {
			statement.setQueryTimeout(1);
			assertAlive(connection, failureOf(() -> statement.execute(LONG_QUERY)));
		}
	}

	@Test
	void timeLimitOfAStatementIsNotADeath() throws Exception {
		try (Connection connection = connect("")) {
			if (SERVER.isMariaDb()) {
				assertAlive(connection,
						failureOf(connection, "SET STATEMENT max_statement_time = 0.1 FOR " + LONG_QUERY), 1969);
			}
			else {
				assertAlive(connection,
						failureOf(connection, LONG_QUERY.replace("SELECT", "SELECT /*+ MAX_EXECUTION_TIME(100) */")),
						3024);
			}
		}
	}

	@Test
	void mistakesInSqlAreNotDeaths() throws Exception {
		try (Connection connection = connect("")) {
			assertAlive(connection, failureOf(connection, "NONSENSE"), 1064);
			assertAlive(connection, failureOf(connection, "INSERT INTO item VALUES (1, 'again')"), 1062);
		}
	}

	@Test
	void locksAreNotDeaths() throws Exception {
		try (Connection one = connect(""); Connection two = connect("")) {
			execute(one, "SET SESSION innodb_lock_wait_timeout = 1");
			one.setAutoCommit(false);
			two.setAutoCommit(false);
			execute(one, "UPDATE item SET name = 'x' WHERE id = 1");
			execute(two, "UPDATE item SET name = 'x' WHERE id = 2");
			assertAlive(one, failureOf(one, "UPDATE item SET name = 'y' WHERE id = 2"), 1205);
			execute(one, "SET SESSION innodb_lock_wait_timeout = 20");
			execute(one, "UPDATE item SET name = 'x' WHERE id = 1");
			CompletableFuture<SQLException> deadlock = new CompletableFuture<>();
			for (Connection each : new Connection[] { one, two }) {
				int other = (each == one) ? 2 : 1;
				CompletableFuture.runAsync(() -> {
					SQLException failure = catchThrowableOfType(SQLException.class,
							() -> execute(each, "UPDATE item SET name = 'z' WHERE id = " + other));
					if (failure != null) {
						deadlock.complete(failure);
					}
				});
			}
			SQLException victim = deadlock.get(20, TimeUnit.SECONDS);
			assertThat(victim.getErrorCode()).isEqualTo(1213);
			assertThat(ConnectionErrors.isDeath(victim)).isFalse();
			assertThat(ConnectionErrors.isRolledBack(victim)).isTrue();
		}
	}

	@Test
	void refusalsToWriteAreNotDeathsButReadOnly() throws Exception {
		try (Connection connection = connect("")) {
			execute(connection, "START TRANSACTION READ ONLY");
			SQLException refusal = failureOf(connection, "INSERT INTO item VALUES (4, 'four')");
			assertAlive(connection, refusal, 1792);
			assertThat(ConnectionErrors.isReadOnly(refusal)).isTrue();
		}
	}

	@Test
	void serverThatIsReadOnlyIsNotDead() throws Exception {
		try (TestServer server = TestServer.start()) {
			createTable(server, this.database);
			asAdmin(server, "CREATE USER 'plain'@'%' IDENTIFIED BY 'secret'",
					"GRANT ALL ON " + this.database + ".* TO 'plain'@'%'", "SET GLOBAL read_only = 1");
			String url = this.driver.url(server.host(), server.port(), this.database);
			try (Connection connection = DriverManager.getConnection(url, "plain", "secret")) {
				SQLException refusal = failureOf(connection, "INSERT INTO item VALUES (4, 'four')");
				assertAlive(connection, refusal, 1290);
				assertThat(ConnectionErrors.isReadOnly(refusal)).isTrue();
			}
		}
	}

	private Connection connect(String parameters) throws SQLException {
		return this.driver.connect(SERVER, SERVER.port(), this.database, parameters);
	}

	private Connection connect(TestServer server, int port, String parameters) throws SQLException {
		createTable(server, this.database);
		return this.driver.connect(server, port, this.database, parameters);
	}

	private static void createTable(TestServer server, String database) throws SQLException {
		asAdmin(server, "CREATE DATABASE IF NOT EXISTS " + database,
				"CREATE TABLE IF NOT EXISTS " + database + ".item (id INT PRIMARY KEY, name VARCHAR(20))",
				"REPLACE INTO " + database + ".item VALUES (1, 'one'), (2, 'two')");
	}

	private CompletableFuture<SQLException> startLongQuery(TestServer server, Connection connection) {
		CompletableFuture<SQLException> failure = CompletableFuture
			.supplyAsync(() -> failureOf(connection, LONG_QUERY));
		Awaitility.await().until(() -> longQuery(server, this.database) != 0);
		return failure;
	}

	private static long longQuery(TestServer server, String database) throws SQLException {
		try (Connection connection = server.connect("")) {
			return number(connection, "SELECT COALESCE(MAX(ID), 0) FROM information_schema.processlist WHERE DB = '"
					+ database + "' AND INFO = '" + LONG_QUERY + "' AND STATE = 'User sleep'");
		}
	}

	private static long number(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private static void insertBatch(Connection connection, int firstId) throws SQLException {
		PreparedStatement statement = connection.prepareStatement("INSERT INTO item VALUES (?, 'some')");
		for (int id = firstId; id < firstId + 10; id++) {
			statement.setInt(1, id);
			statement.addBatch();
		}
		statement.executeBatch();
	}

	private static long idOf(Connection connection) throws SQLException {
		return number(connection, "SELECT CONNECTION_ID()");
	}

	private static void kill(long id) throws SQLException {
		asAdmin(SERVER, "KILL " + id);
		awaitEnd(id);
	}

	private static void awaitEnd(long id) {
		Awaitility.await().until(() -> !ServerPings.sessions(SERVER).contains(id));
	}

	private static SQLException failureOf(Connection connection, String sql) {
		return failureOf(() -> execute(connection, sql));
	}

	private static SQLException failureOf(ThrowingCallable work) {
		return Objects.requireNonNull(catchThrowableOfType(SQLException.class, work));
	}

	private static void asAdmin(TestServer server, String... statements) throws SQLException {
		try (Connection connection = server.connect("")) {
			execute(connection, statements);
		}
	}

	private static void execute(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private static void assertDeath(SQLException exception) {
		assertThat(ConnectionErrors.isDeath(exception)).as(exception::toString).isTrue();
		assertThat(ConnectionErrors.isReadOnly(exception)).isFalse();
	}

	private static void assertAlive(Connection connection, SQLException exception, int code) throws SQLException {
		assertAlive(connection, exception);
		assertThat(exception.getErrorCode()).isEqualTo(code);
	}

	private static void assertAlive(Connection connection, SQLException exception) throws SQLException {
		assertThat(ConnectionErrors.isDeath(exception)).as(exception::toString).isFalse();
		assertThat(number(connection, "SELECT 1")).isOne();
	}

}
