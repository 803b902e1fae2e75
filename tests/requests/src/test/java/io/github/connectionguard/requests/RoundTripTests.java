package io.github.connectionguard.requests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the statements the server sees, as it counts them.
 */
@Tag("extended")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripTests {

	private static final int REQUESTS = 5;

	private static final int MANY_REQUESTS = 200;

	private static final List<String> COUNTERS = List.of("Com_select", "Com_insert", "Com_set_option", "Com_commit",
			"Com_rollback", "Com_savepoint");

	private static final String LOGINS = "Connections";

	private static final int RECOUNTS = 2;

	private TestServer server;

	private String database;

	private Connection observer;

	@BeforeAll
	void startServer() throws SQLException {
		this.server = TestServer.start();
		this.observer = this.server.connect("");
	}

	@AfterAll
	void stopServer() throws SQLException {
		this.observer.close();
		this.server.close();
	}

	@BeforeEach
	void createDatabase() {
		this.database = this.server.createDatabase();
	}

	@Test
	void requestsSeeNoStatementBeyondThoseOfTheirUnit() throws Exception {
		requestsSeeNoStatementBeyondThoseOfTheirUnit(REQUESTS);
	}

	@Test
	@Tag("slow")
	void manyRequestsSeeNoStatementBeyondThoseOfTheirUnit() throws Exception {
		requestsSeeNoStatementBeyondThoseOfTheirUnit(MANY_REQUESTS);
	}

	private void requestsSeeNoStatementBeyondThoseOfTheirUnit(int requests) throws Exception {
		try (RequestsApp app = start(1, "connection-guard.session.mode=auto")) {
			assertThat(counts(app, "/rows/none", requests)).containsExactly(0, 0, 0, 0, 0, 0);
			assertThat(counts(app, "/rows/read", requests)).containsExactly(1, 0, 0, 0, 0, 0);
			assertThat(counts(app, "/rows/returned-400", requests)).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/returned-500", requests)).containsExactly(0, 1, 0, 0, 1, 0);
			assertThat(counts(app, "/rows/only-transactional", requests)).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/only-supports", requests)).containsExactly(1, 0, 0, 0, 0, 0);
		}
	}

	@Test
	void nothingIsCommittedWhereNothingRanSinceTheLastTime() throws Exception {
		try (RequestsApp app = start(1, "connection-guard.session.mode=auto")) {
			assertThat(counts(app, "/rows/empty-transaction")).containsExactly(0, 0, 0, 0, 0, 0);
			assertThat(counts(app, "/rows/two-flushes")).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/two-transactional")).containsExactly(0, 2, 0, 2, 0, 0);
			assertThat(counts(app, "/rows/transactional-then-bare")).containsExactly(0, 2, 0, 2, 0, 0);
			assertThat(counts(app, "/rows/bare-then-transactional")).containsExactly(0, 2, 0, 1, 0, 1);
		}
	}

	@Test
	void transactionOfARequestIsCommittedOnce() throws Exception {
		try (RequestsApp app = start(1, "connection-guard.session.mode=transaction")) {
			assertThat(counts(app, "/rows/none")).containsExactly(0, 0, 0, 0, 0, 0);
			assertThat(counts(app, "/rows/read")).containsExactly(1, 0, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/returned-400")).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/only-transactional")).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/two-transactional")).containsExactly(0, 2, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/two-flushes")).containsExactly(0, 1, 0, 1, 0, 0);
		}
	}

	/**
	 * What the starter has to be measured against.
	 */
	@Test
	void applicationWithoutSessionsNeedsUpToThreeTimesAsManyForATransaction() throws Exception {
		try (RequestsApp app = start(1, "connection-guard.enabled=false")) {
			assertThat(counts(app, "/rows/read")).containsExactly(1, 0, 0, 0, 0, 0);
			assertThat(counts(app, "/rows/only-transactional")).containsExactly(0, 1, 2, 1, 0, 0);
			assertThat(counts(app, "/rows/only-transactional-read")).containsExactly(1, 0, 2, 1, 0, 0);
			assertThat(counts(app, "/rows/only-read-only")).containsExactly(1, 0, 4, 1, 0, 0);
			assertThat(counts(app, "/rows/three-read-only")).containsExactly(3, 0, 12, 3, 0, 0);
			assertThat(counts(app, "/rows/only-read-committed")).containsExactly(2, 0, 4, 1, 0, 0);
			assertThat(counts(app, "/rows/only-executed")).containsExactly(1, 1, 2, 1, 0, 0);
			assertThat(counts(app, "/rows/only-batch")).containsExactly(1, 1, 2, 1, 0, 0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql:", "jdbc:mariadb:" })
	void stateOfASessionCostsNothingWhereItStaysAsItIs(String driver) throws Exception {
		stateOfASessionCostsNothingWhereItStaysAsItIs(driver, REQUESTS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql:", "jdbc:mariadb:" })
	@Tag("slow")
	void stateOfASessionCostsNothingInManyRequests(String driver) throws Exception {
		stateOfASessionCostsNothingWhereItStaysAsItIs(driver, MANY_REQUESTS);
	}

	private void stateOfASessionCostsNothingWhereItStaysAsItIs(String driver, int requests) throws Exception {
		String url = this.server.jdbcUrl(this.database).replace("jdbc:mysql:", driver);
		try (RequestsApp app = full(RequestsApp.startWithUrl(url, this.server,
				"spring.datasource.hikari.maximum-pool-size=1", "connection-guard.session.mode=auto"), 1)) {
			assertThat(counts(app, "/rows/read", requests)).containsExactly(1, 0, 0, 0, 0, 0);
			assertThat(counts(app, "/rows/only-transactional-read", requests)).containsExactly(1, 0, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/only-read-only", requests)).containsExactly(1, 0, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/three-read-only", requests)).containsExactly(3, 0, 0, 3, 0, 0);
			assertThat(counts(app, "/rows/only-read-committed", requests)).containsExactly(1, 0, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/only-executed", requests)).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/only-batch", requests)).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/returned-400", requests)).containsExactly(0, 1, 0, 1, 0, 0);
		}
	}

	@Test
	void transactionsSeeNothingButTheirStatementsAndTheirEnd() throws Exception {
		try (RequestsApp app = start(1, "connection-guard.session.mode=off")) {
			assertThat(counts(app, "/rows/only-transactional")).containsExactly(0, 1, 0, 1, 0, 0);
		}
		try (RequestsApp app = start(1, "connection-guard.session.mode=off",
				"connection-guard.defer-session-state=false")) {
			assertThat(counts(app, "/rows/only-transactional")).containsExactly(0, 1, 2, 1, 0, 0);
		}
	}

	@Test
	void physicalConnectionSeesOneStatementOfTheGuard() throws SQLException {
		assertThat(selectsOfSevenConnections("connection-guard.session.mode=off")
				- selectsOfSevenConnections("connection-guard.enabled=false"))
			.isEqualTo(7);
	}

	/**
	 * Leave out what the application asks for when it starts.
	 */
	private long selectsOfSevenConnections(String property) throws SQLException {
		return selectsToOpen(8, property) - selectsToOpen(1, property);
	}

	private long selectsToOpen(int size, String property) throws SQLException {
		long before = selects();
		RequestsApp app = start(size, property);
		try {
			return selects() - before;
		}
		finally {
			app.close();
		}
	}

	private long selects() throws SQLException {
		return read().getOrDefault("Com_select", 0L);
	}

	/**
	 * Start the application, and wait until its pool is full.
	 */
	private RequestsApp start(int size, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.datasource.hikari.maximum-pool-size=" + size);
		return full(RequestsApp.start(this.server, this.database, all.toArray(String[]::new)), size);
	}

	private static RequestsApp full(RequestsApp app, int size) {
		HikariDataSource pool = app.bean(HikariDataSource.class);
		Awaitility.await().until(() -> pool.getHikariPoolMXBean().getIdleConnections() == size);
		return app;
	}

	private List<Integer> counts(RequestsApp app, String path) throws Exception {
		return counts(app, path, REQUESTS);
	}

	/**
	 * Return how often each counter rose for a request, on average. The counters are of
	 * all sessions: when somebody has logged in meanwhile, as the guard does where an
	 * answer is late, they are counted anew.
	 */
	private List<Integer> counts(RequestsApp app, String path, int requests) throws Exception {
		Map<String, Long> rises = rises(app, path, requests);
		for (int i = 0; i < RECOUNTS && rises.getOrDefault(LOGINS, 0L) > 0; i++) {
			rises = rises(app, path, requests);
		}
		Map<String, Long> counted = rises;
		return COUNTERS.stream().map((name) -> {
			long delta = counted.getOrDefault(name, 0L);
			assertThat(delta % requests).as("%s in %d times %s: %d", name, requests, path, delta).isZero();
			return (int) (delta / requests);
		}).toList();
	}

	private Map<String, Long> rises(RequestsApp app, String path, int requests) throws Exception {
		app.get(path);
		Map<String, Long> before = read();
		for (int i = 0; i < requests; i++) {
			app.get(path);
		}
		Map<String, Long> rises = read();
		before.forEach((name, value) -> rises.merge(name, -value, Long::sum));
		return rises;
	}

	private Map<String, Long> read() throws SQLException {
		Map<String, Long> counts = new HashMap<>();
		try (Statement statement = this.observer.createStatement();
				ResultSet rows = statement.executeQuery(
						"SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Com\\_%' OR Variable_name = '" + LOGINS + "'")) {
			while (rows.next()) {
				counts.put(rows.getString(1), rows.getLong(2));
			}
		}
		return counts;
	}

}
