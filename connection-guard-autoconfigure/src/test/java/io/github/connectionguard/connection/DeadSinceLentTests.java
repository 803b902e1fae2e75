package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a connection that dies between its borrow and its first statement.
 */
@Tag("extended")
class DeadSinceLentTests {

	private static final String MYSQL = "jdbc:mysql:";

	private static final int POOL = 2;

	/**
	 * More than are replaced at the same time.
	 */
	private static final int MANY = 12;

	/**
	 * As long as what was heard is believed.
	 */
	private static final Duration MOMENT = Duration.ofMillis(1);

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	private int size = POOL;

	private @Nullable ConfigurableApplicationContext application;

	static Stream<String> drivers() {
		return Stream.of(MYSQL, "jdbc:mariadb:");
	}

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void firstStatementRunsOnAnotherConnection(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver);
		try (Connection connection = dataSource.getConnection()) {
			kill();
			insert(connection);
			insert(connection);
		}
		assertThat(this.table.count()).isEqualTo(2);
		assertPoolIsWhole();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void otherConnectionIsStillHeldByWhoBorrowedTheOneThatDied(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver);
		long before = Lease.borrowsOfThread();
		try (Connection connection = dataSource.getConnection()) {
			kill();
			insert(connection);
			assertThat(pool().leases().heldByThread(before)).hasSize(1);
		}
		// closed by a thread of the pool
		await().pollInSameThread().until(() -> !Lease.mayBeHeldByThread(before));
		assertPoolIsWhole();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void transactionThatHasDoneNothingRunsOnAnotherConnection(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver);
		try (Connection connection = dataSource.getConnection()) {
			connection.setAutoCommit(false);
			kill();
			insert(connection);
			assertThat(this.table.count()).isZero();
			connection.rollback();
			insert(connection);
			insert(connection);
			connection.commit();
			connection.setAutoCommit(true);
			insert(connection);
		}
		assertThat(this.table.count()).isEqualTo(3);
		assertPoolIsWhole();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void otherConnectionIsSetUpAsThePoolDoesIt(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver, "connection-init-sql=SET @known = 'set up'",
				"transaction-isolation=TRANSACTION_READ_COMMITTED", "auto-commit=false", "read-only=true",
				"catalog=" + this.server.createDatabase());
		String query = "SELECT CONCAT_WS(' ', @known, @@transaction_isolation, @@autocommit, DATABASE(), "
				+ "@@transaction_read_only)";
		Object before;
		try (Connection connection = dataSource.getConnection()) {
			before = ask(connection, query);
		}
		try (Connection next = dataSource.getConnection()) {
			kill();
			assertThat(ask(next, query)).isEqualTo(before);
			assertThat(next.isReadOnly()).isTrue();
			assertThat(next.getAutoCommit()).isFalse();
			assertThat(next.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
		}
		assertPoolIsWhole();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void nothingIsDoneAnewOnceAnythingWasDone(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver);
		List<Use> uses = List.of((connection) -> ask(connection, "SELECT 1"), (connection) -> connection.isValid(1),
				Connection::getMetaData, Connection::getTransactionIsolation,
				(connection) -> connection.setReadOnly(true),
				(connection) -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
				(connection) -> connection.setCatalog(this.database),
				(connection) -> connection.setNetworkTimeout(Runnable::run, 5000), Connection::createStatement,
				(connection) -> unwrap(connection, driver));
		for (Use use : uses) {
			try (Connection connection = dataSource.getConnection()) {
				use.of(connection);
				kill();
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(connection, "SELECT 1"));
			}
			assertPoolIsWhole();
		}
	}

	/**
	 * Whatever comes first: a connection that was heard a moment before it was lent is
	 * only looked at then.
	 */
	@ParameterizedTest
	@MethodSource("drivers")
	void firstUseIsOfAnotherConnection(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver);
		List<Use> uses = List.of((connection) -> connection.setReadOnly(false), Connection::isReadOnly,
				(connection) -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
				Connection::getTransactionIsolation, (connection) -> connection.setCatalog(this.database),
				(connection) -> connection.setSchema(this.database), Connection::getCatalog, Connection::getSchema,
				Connection::getWarnings, (connection) -> connection.setNetworkTimeout(Runnable::run, 5000),
				Connection::createStatement, (connection) -> unwrap(connection, driver),
				(connection) -> connection.getMetaData().getTables(this.database, null, "line", null).close(),
				(connection) -> {
					connection.setAutoCommit(false);
					connection.setSavepoint();
				}, (connection) -> {
					connection.setAutoCommit(false);
					connection.setSavepoint("here");
				});
		for (Use use : uses) {
			for (boolean known : List.of(true, false)) {
				try (Connection connection = dataSource.getConnection()) {
					PhysicalConnection held = held();
					kill();
					if (known) {
						held.wire().glance();
						assertThat(held.isLost()).isTrue();
					}
					use.of(connection);
					assertThat(ask(connection, "SELECT CONNECTION_ID()")).isNotEqualTo(id(held));
				}
				assertPoolIsWhole();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("drivers")
	@Timeout(60)
	void connectionThatDiesWithinAMomentAfterItWasHeardIsLookedAtWhenItIsUsed(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver);
		int moments = 0;
		try (Connection other = this.server.connect(this.database); Statement killing = other.createStatement()) {
			while (moments < 5) {
				PhysicalConnection last = use(dataSource);
				killing.execute("KILL " + id(last));
				while (!last.wire().isEnded()) {
					Thread.onSpinWait();
				}
				try (Connection connection = dataSource.getConnection()) {
					moments += (last.wire().quiet().compareTo(MOMENT) < 0) ? 1 : 0;
					connection.setReadOnly(true);
					ask(connection, "SELECT 1");
				}
			}
		}
		assertPoolIsWhole();
	}

	@Test
	void everyConnectionThatHasDiedIsReplacedHoweverMany() throws Exception {
		this.size = MANY;
		HikariDataSource dataSource = start(MYSQL);
		List<Connection> borrowed = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			borrowed.add(dataSource.getConnection());
		}
		for (PhysicalConnection connection : pool().ledger().connections()) {
			this.server.execute("KILL " + id(connection));
		}
		Awaitility.await()
			.until(() -> pool().ledger().connections().stream().allMatch(PhysicalConnection::isEndedSinceLent));
		ExecutorService holders = Executors.newFixedThreadPool(MANY);
		try {
			for (Future<@Nullable Void> use : holders
				.invokeAll(borrowed.stream().map(DeadSinceLentTests::use).toList())) {
				use.get();
			}
		}
		finally {
			holders.shutdownNow();
		}
		assertThat(this.table.count()).isEqualTo(MANY);
		assertPoolIsWhole();
	}

	private static Callable<@Nullable Void> use(Connection borrowed) {
		return () -> {
			try (borrowed) {
				insert(borrowed);
			}
			return null;
		};
	}

	/**
	 * HikariCP does not ask about a connection that was used a moment ago, and nobody
	 * looks at it when it is lent.
	 */
	@ParameterizedTest
	@MethodSource("drivers")
	void connectionThatThePoolDoesNotAskAboutIsLookedAtWhenItIsUsed(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver, "connection-test-query=DO 1");
		PhysicalConnection last = use(dataSource);
		this.server.execute("KILL " + id(last));
		await().until(last.wire()::isEnded);
		try (Connection connection = dataSource.getConnection()) {
			assertThat(ask(connection, "SELECT CONNECTION_ID()")).isNotEqualTo(id(last));
		}
		assertPoolIsWhole();
	}

	/**
	 * Whoever waits gets the connection within the millisecond in which it is given back,
	 * unasked.
	 */
	@ParameterizedTest
	@MethodSource("drivers")
	void connectionThatHasDiedIsNotHandedOn(String driver) throws Exception {
		this.size = 1;
		HikariDataSource dataSource = start(driver);
		List<Use> uses = List.of((connection) -> ask(connection, "SELECT 1"), Connection::getMetaData,
				(connection) -> connection.setReadOnly(true), (connection) -> unwrap(connection, driver),
				(connection) -> ask(connection, "SELECT RELEASE_ALL_LOCKS()"));
		ExecutorService waiting = Executors.newSingleThreadExecutor();
		try {
			for (Use use : uses) {
				Future<Object> next;
				try (Connection connection = dataSource.getConnection()) {
					use.of(connection);
					next = waiting.submit(() -> {
						try (Connection waitedFor = dataSource.getConnection()) {
							return ask(waitedFor, "SELECT CONNECTION_ID()");
						}
					});
					await().until(() -> pool().snapshot().waiting() == 1);
					kill();
				}
				assertThat(next.get()).isNotNull();
				assertPoolIsWhole();
			}
		}
		finally {
			waiting.shutdownNow();
		}
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void holderWhoWasToldOfTheDeathGetsNoOtherConnection(String driver) throws SQLException {
		HikariDataSource dataSource = start(driver);
		try (Connection connection = dataSource.getConnection()) {
			kill();
			assertThat(connection.isValid(1)).isFalse();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> insert(connection));
		}
		assertThat(this.table.count()).isZero();
		assertPoolIsWhole();
	}

	@Test
	void closedConnectionStaysClosed() throws SQLException {
		HikariDataSource dataSource = start(MYSQL);
		try (Connection connection = dataSource.getConnection()) {
			Connection guarded = held().connection();
			guarded.abort(Runnable::run);
			assertThatExceptionOfType(SQLException.class).isThrownBy(guarded::createStatement);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> insert(connection));
		}
		assertThat(this.table.count()).isZero();
	}

	@ParameterizedTest
	@MethodSource("drivers")
	void failureIsTheDriversWhereNoOtherConnectionCanBeHad(String driver) throws SQLException {
		try (TestServer own = TestServer.start()) {
			HikariDataSource dataSource = start(own, own.createDatabase(), driver);
			try (Connection connection = dataSource.getConnection()) {
				own.stop();
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(connection, "SELECT 1"))
					.satisfies((ex) -> assertThat(ex.getSQLState()).startsWith("08"));
			}
			this.application = closed();
		}
	}

	@Test
	void anotherConnectionWaitsAsLongForTheServer() throws SQLException {
		HikariDataSource dataSource = start(MYSQL);
		try (Connection connection = dataSource.getConnection()) {
			int before = connection.getNetworkTimeout();
			kill();
			try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
				statement.execute();
			}
			assertThat(connection.getNetworkTimeout()).isEqualTo(before);
		}
	}

	private @Nullable ConfigurableApplicationContext closed() {
		Objects.requireNonNull(this.application).close();
		return null;
	}

	private static Object unwrap(Connection connection, String driver) throws SQLException {
		Class<? extends Connection> type = driver.equals(MYSQL) ? com.mysql.cj.jdbc.JdbcConnection.class
				: org.mariadb.jdbc.Connection.class;
		return connection.unwrap(type);
	}

	private HikariDataSource start(String driver, String... pool) {
		return start(this.server, this.database, driver, pool);
	}

	private HikariDataSource start(TestServer to, String schema, String driver, String... pool) {
		List<String> properties = new ArrayList<>(List.of(
				"spring.datasource.url=" + driver
						+ to.jdbcUrl(schema)
							.substring(MYSQL.length())
							.replace("DISABLED", driver.equals(MYSQL) ? "DISABLED" : "disable"),
				"spring.datasource.hikari.maximum-pool-size=" + this.size));
		Stream.of(pool).map("spring.datasource.hikari."::concat).forEach(properties::add);
		properties.add("connection-guard.validation.timeout=10s"); // whatever else runs
		properties.add("connection-guard.keepalive.enabled=false"); // nobody else sees
																	// the death
		ConfigurableApplicationContext started = GuardedApplication.start(to, schema,
				properties.toArray(String[]::new));
		this.application = started;
		GuardedApplication.openPool(started);
		assertPoolIsWhole();
		return started.getBean(HikariDataSource.class);
	}

	/**
	 * Borrow a connection, run a statement on it and give it back.
	 */
	private PhysicalConnection use(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			ask(connection, "SELECT 1");
			return held();
		}
	}

	/**
	 * Kill the session of the connection that is held, and wait until that can be seen.
	 */
	private void kill() throws SQLException {
		PhysicalConnection held = held();
		this.server.execute("KILL " + id(held));
		await().until(held::isEndedSinceLent);
	}

	private static ConditionFactory await() {
		return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
	}

	private static long id(PhysicalConnection connection) {
		return Objects.requireNonNull(connection.facts()).connectionId();
	}

	private PhysicalConnection held() {
		return pool().ledger().connections().stream().filter(PhysicalConnection::isHeld).findFirst().orElseThrow();
	}

	/**
	 * No place is lost, and nobody but the pool has connections.
	 */
	private void assertPoolIsWhole() {
		GuardedPool pool = pool();
		await().untilAsserted(() -> {
			assertThat(pool.snapshot().idle()).isEqualTo(this.size);
			assertThat(pool.snapshot().total()).isEqualTo(this.size);
			assertThat(pool.ledger().connections()).hasSize(this.size).noneMatch(PhysicalConnection::isLost);
		});
	}

	private GuardedPool pool() {
		return GuardedApplication.pool(Objects.requireNonNull(this.application));
	}

	private static void insert(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("INSERT INTO line VALUES ('a')");
		}
	}

	private static Object ask(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getObject(1);
		}
	}

	/**
	 * Something to do with a connection.
	 */
	@FunctionalInterface
	private interface Use {

		void of(Connection connection) throws SQLException;

	}

}
