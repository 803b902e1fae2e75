package io.github.connectionguard.hikari;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.event.GuardEventListener;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.Reachability.Status;
import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.LoggedEvents;
import io.github.connectionguard.test.ServerPings;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a guard that only reports, side by side with one that is switched off, on a
 * real server.
 */
@Tag("extended")
class ReportOnlyOnAServerTests {

	private static final String BLIND_WINDOW = "com.zaxxer.hikari.aliveBypassWindowMs";

	private static final String OFF = "connection-guard.enabled=false";

	private static final String REPORT_ONLY = "connection-guard.mode=report-only";

	/**
	 * What has to differ for the connections to be seen at all, and what differs from run
	 * to run.
	 */
	private static final Set<String> OTHER = Set.of("dataSource", "metricRegistry", "healthCheckRegistry",
			"hikariConfigMXBean", "hikariPoolMXBean", "logWriter", "parentLogger", "credentials", "class");

	private static TestServer server;

	private final LoggedEvents log = LoggedEvents.record();

	private String database;

	@BeforeAll
	static void startServer() {
		server = TestServer.start("--general-log=0", "--log-output=TABLE", "--performance-schema=ON");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void createTable() throws SQLException {
		this.database = server.createDatabase();
		server.execute("CREATE TABLE " + this.database + ".line (name VARCHAR(20))");
	}

	@AfterEach
	void stopRecording() {
		this.log.close();
	}

	/**
	 * Each borrow is validated, so that no time decides which are.
	 */
	@Test
	void serverSeesOfThePoolWhatItSeesWithoutTheGuard() throws SQLException {
		System.setProperty(BLIND_WINDOW, "-1");
		try {
			List<String> without = statements(OFF);
			assertThat(without).contains("Query INSERT INTO line VALUES ('kept')", "Query COMMIT", "Query ROLLBACK")
				.last()
				.isNotEqualTo("Pings: 0");
			assertThat(statements(REPORT_ONLY)).isEqualTo(without);
		}
		finally {
			System.clearProperty(BLIND_WINDOW);
		}
	}

	/**
	 * Return what the server sees of the only session of the pool, from its login on.
	 */
	private List<String> statements(String mode) throws SQLException {
		List<String> seen = new ArrayList<>();
		server.execute("TRUNCATE TABLE mysql.general_log");
		server.execute("SET GLOBAL general_log = 1");
		try {
			runner("spring.datasource.hikari.maximum-pool-size=1", mode).run((context) -> {
				long session = work(context);
				if (mode.equals(REPORT_ONLY)) {
					awaitReport();
				}
				seen.addAll(seen(session));
				seen.add("Pings: " + ServerPings.bySession(server).getOrDefault(session, 0L));
			});
		}
		finally {
			server.execute("SET GLOBAL general_log = 0");
		}
		return seen;
	}

	private static long work(ApplicationContext context) throws SQLException {
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		TransactionTemplate reading = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		reading.setReadOnly(true);
		reading.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		jdbc.queryForList("SELECT name FROM line");
		jdbc.update("INSERT INTO line VALUES ('bare')");
		transaction.executeWithoutResult((status) -> jdbc.update("INSERT INTO line VALUES ('kept')"));
		transaction.executeWithoutResult((status) -> {
		});
		transaction.executeWithoutResult((status) -> {
			jdbc.update("INSERT INTO line VALUES ('lost')");
			status.setRollbackOnly();
		});
		reading.executeWithoutResult((status) -> jdbc.queryForList("SELECT name FROM line"));
		context.getBean(DatabaseSessionScope.class).run(() -> jdbc.update("INSERT INTO line VALUES ('scope')"));
		try (Connection connection = context.getBean(DataSource.class).getConnection();
				Statement statement = connection.createStatement()) {
			assertThat(connection.isReadOnly()).isFalse();
			assertThat(connection.getTransactionIsolation()).isPositive();
			assertThat(connection.isValid(1)).isTrue();
			connection.setAutoCommit(false);
			connection.commit();
			connection.commit();
			connection.rollback();
			try (ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()")) {
				assertThat(id.next()).isTrue();
				return id.getLong(1);
			}
		}
	}

	private static List<String> seen(long session) throws SQLException {
		List<String> seen = new ArrayList<>();
		try (Connection connection = server.connect("");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"SELECT command_type, CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE thread_id = "
								+ session + " AND command_type <> 'Connect'")) {
			while (rows.next()) {
				seen.add((rows.getString(1) + " " + Objects.toString(rows.getString(2), "")).strip());
			}
		}
		return seen;
	}

	@Test
	void settingsOfThePoolAreThoseWithoutTheGuard() throws SQLException {
		Map<String, String> without = settings(OFF);
		assertThat(without).containsEntry("maxLifetime", "1800000").containsEntry("keepaliveTime", "120000");
		assertThat(settings(REPORT_ONLY)).isEqualTo(without);
	}

	private Map<String, String> settings(String mode) {
		Map<String, String> settings = new TreeMap<>();
		runner("spring.datasource.hikari.pool-name=orders", mode).run((context) -> {
			context.getBean(JdbcTemplate.class).execute("SELECT 1");
			if (mode.equals(REPORT_ONLY)) {
				awaitReport();
			}
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			for (PropertyDescriptor property : Introspector.getBeanInfo(HikariConfig.class).getPropertyDescriptors()) {
				if (!OTHER.contains(property.getName()) && property.getReadMethod() != null) {
					settings.put(property.getName(), String.valueOf(property.getReadMethod().invoke(pool)));
				}
			}
		});
		return settings;
	}

	@Test
	void limitIsToldWithWhatTheGuardWouldDo() {
		runner(REPORT_ONLY).run((context) -> {
			GuardedPool pool = GuardedApplication.pool(context);
			context.getBean(JdbcTemplate.class).execute("SELECT 1");
			awaitReport();
			assertThat(this.log.messages()).singleElement()
				.asString()
				.contains(" is 60 s; the guard would set max-lifetime 1800 s -> 54 s, keepalive-time 120 s -> 20 s, ",
						"\n\tSessions would run in mode 'unit', because ",
						"\n\tNothing is changed, since connection-guard.mode is report-only");
			assertThat(pool.plan()).extracting(LifetimePlan::limit, LifetimePlan::maxLifetime)
				.containsExactly(Duration.ofSeconds(60), Duration.ofMinutes(30));
			assertThat(pool.server().reachability().status()).isEqualTo(Status.REACHABLE);
			assertThat(pool.leases().reports()).isNotEmpty()
				.allSatisfy((report) -> assertThat(report.serverConnectionId()).isNull());
		});
	}

	@Test
	void adviceIsGivenAsByTheGuard() {
		runner(REPORT_ONLY, "spring.datasource.hikari.idle-timeout=300000",
				"spring.datasource.hikari.data-source-properties.cacheServerConfiguration=true")
			.run((context) -> {
				context.getBean(JdbcTemplate.class).execute("SELECT 1");
				Awaitility.await().until(() -> this.log.messages().size() == 3);
				assertThat(this.log.messages()).element(1).asString().contains("Advice (idle-timeout-unused): ");
				assertThat(this.log.messages()).element(2).asString().contains("Advice (cached-configuration): ");
			});
	}

	@Test
	void poolIsNotOpenedAndNobodyLogsInBeforeItIsUsed() {
		runner(REPORT_ONLY).run((context) -> {
			long before = server.status("Connections");
			Awaitility.await()
				.pollDelay(Duration.ofSeconds(1))
				.until(() -> !GuardedApplication.pool(context).isStarted());
			assertThat(server.status("Connections") - before).isOne(); // its own
		});
	}

	/**
	 * The driver's exception, of a session that was killed.
	 */
	@Test
	void deathIsMetAsWithoutTheGuardAndTold() {
		List<GuardEvent> events = new CopyOnWriteArrayList<>();
		List<String> met = new ArrayList<>();
		for (String mode : List.of(OFF, REPORT_ONLY)) {
			runner(mode, "spring.datasource.hikari.maximum-pool-size=1")
				.withBean(GuardEventListener.class, () -> events::add)
				.run((context) -> {
					met.add(die(context.getBean(DataSource.class)));
					if (mode.equals(REPORT_ONLY)) {
						Awaitility.await()
							.untilAsserted(() -> assertThat(events)
								.hasAtLeastOneElementOfType(GuardEvent.ConnectionLost.class));
					}
				});
		}
		assertThat(met).hasSize(2).allMatch(met.get(0)::equals);
		assertThat(this.log.messages()).anyMatch((line) -> line.contains(" is dead: "));
	}

	/**
	 * Before the session has ended, MariaDB might still refuse the statement.
	 */
	private static String die(DataSource dataSource) throws SQLException {
		StringBuilder met = new StringBuilder();
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			try (ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()")) {
				assertThat(id.next()).isTrue();
				long session = id.getLong(1);
				server.execute("KILL " + session);
				Awaitility.await().until(() -> !ServerPings.sessions(server).contains(session));
			}
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"))
				.satisfies((ex) -> met.append(ex.getClass().getName()).append(ex.getSQLState()));
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::rollback)
				.satisfies((ex) -> met.append(ex.getMessage()));
		}
		try (Connection next = dataSource.getConnection()) {
			assertThat(next.isValid(1)).isTrue();
		}
		return met.toString();
	}

	@Test
	void transactionIsToldUntilItEnds() {
		runner(REPORT_ONLY).run((context) -> {
			PoolLeases leases = GuardedApplication.pool(context).leases();
			try (Connection connection = context.getBean(DataSource.class).getConnection();
					Statement statement = connection.createStatement()) {
				connection.setAutoCommit(false);
				statement.execute("INSERT INTO line VALUES ('kept')");
				assertThat(leases.reports()).anyMatch(ConnectionReport::inTransaction);
				connection.commit();
				assertThat(leases.reports()).noneMatch(ConnectionReport::inTransaction);
				statement.execute("SELECT name FROM line");
				assertThat(leases.reports()).anyMatch(ConnectionReport::inTransaction);
				connection.rollback();
				assertThat(leases.reports()).noneMatch(ConnectionReport::inTransaction);
			}
		});
	}

	@Test
	void idleConnectionThatIsEndedStaysUntilItIsBorrowed() {
		runner(REPORT_ONLY, "spring.datasource.hikari.maximum-pool-size=2").run((context) -> {
			GuardedPool pool = GuardedApplication.pool(context);
			context.getBean(JdbcTemplate.class).execute("SELECT 1");
			Awaitility.await().until(() -> pool.ledger().connections().size() == 2);
			awaitReport();
			List<PhysicalConnection> before = List.copyOf(pool.ledger().connections());
			killAll();
			Awaitility.await()
				.during(Duration.ofSeconds(1))
				.untilAsserted(() -> assertThat(pool.ledger().connections()).containsExactlyElementsOf(before)
					.noneMatch(PhysicalConnection::isLost));
			assertThat(pool.snapshot().total()).isEqualTo(2);
		});
	}

	/**
	 * Kill the sessions of the pool, once that of the report has ended.
	 */
	private void killAll() throws SQLException {
		server.kill(Awaitility.await().until(() -> server.sessions(this.database), (all) -> all.size() == 2));
	}

	private void awaitReport() {
		Awaitility.await().until(() -> this.log.messages().stream().anyMatch((line) -> line.contains(" is 60 s; ")));
	}

	private ApplicationContextRunner runner(String... properties) {
		return GuardedApplication.on(server, this.database, "sessionVariables=wait_timeout=60")
			.withPropertyValues(properties);
	}

}
