package io.github.connectionguard.sample;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the statements the server sees, as it counts them.
 */
class RoundTripTests {

	private static final int REQUESTS = 50;

	private static final List<String> COUNTERS = List.of("Com_select", "Com_insert", "Com_set_option", "Com_commit",
			"Com_rollback", "Com_savepoint");

	private TestServer server;

	private String database;

	private Connection observer;

	@BeforeEach
	void startServer() throws SQLException {
		this.server = TestServer.start();
		this.database = this.server.createDatabase();
		this.observer = this.server.connect(this.database);
	}

	@AfterEach
	void stopServer() throws SQLException {
		this.observer.close();
		this.server.close();
	}

	@Test
	void requestsSeeNoStatementBeyondThoseOfTheirUnit() throws Exception {
		try (SampleApp app = start(1, "connection-guard.session.mode=unit")) {
			app.bean(JdbcTemplate.class).execute("CREATE TABLE line (name VARCHAR(20))");
			assertThat(counts(app, "/rows/none")).containsExactly(0, 0, 0, 0, 0, 0);
			assertThat(counts(app, "/rows/read")).containsExactly(1, 0, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/returned-400")).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/returned-500")).containsExactly(0, 1, 0, 0, 1, 0);
			assertThat(counts(app, "/rows/only-transactional")).containsExactly(0, 1, 0, 1, 0, 0);
			assertThat(counts(app, "/rows/transactional-then-bare")).containsExactly(0, 2, 0, 2, 0, 0);
		}
	}

	@Test
	void transactionsSeeNothingButTheirStatementsAndTheirEnd() throws Exception {
		try (SampleApp app = start(1, "connection-guard.session.mode=off")) {
			app.bean(JdbcTemplate.class).execute("CREATE TABLE line (name VARCHAR(20))");
			assertThat(counts(app, "/rows/only-transactional")).containsExactly(0, 1, 0, 1, 0, 0);
		}
		try (SampleApp app = start(1, "connection-guard.session.mode=off",
				"connection-guard.defer-auto-commit=false")) {
			assertThat(counts(app, "/rows/only-transactional")).containsExactly(0, 1, 2, 1, 0, 0);
		}
	}

	@Test
	void physicalConnectionSeesOneStatementOfTheGuard() throws SQLException {
		long without = selectsToOpen("connection-guard.enabled=false");
		long with = selectsToOpen("connection-guard.session.mode=off");
		assertThat(with - without).isEqualTo(8);
	}

	private long selectsToOpen(String property) throws SQLException {
		long before = selects();
		SampleApp app = start(8, property);
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
	 * Start the sample, and wait until its pool is full.
	 */
	private SampleApp start(int size, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.datasource.hikari.maximum-pool-size=" + size);
		SampleApp app = SampleApp.start(this.server, this.database, all.toArray(String[]::new));
		HikariDataSource pool = app.bean(HikariDataSource.class);
		Awaitility.await().until(() -> pool.getHikariPoolMXBean().getIdleConnections() == size);
		return app;
	}

	/**
	 * Return how often each counter rose for a request, on average.
	 */
	private List<Integer> counts(SampleApp app, String path) throws Exception {
		app.get(path);
		Map<String, Long> before = read();
		for (int i = 0; i < REQUESTS; i++) {
			app.get(path);
		}
		Map<String, Long> after = read();
		return COUNTERS.stream().map((name) -> {
			long delta = after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
			assertThat(delta % REQUESTS).as("%s in %d times %s: %d", name, REQUESTS, path, delta).isZero();
			return (int) (delta / REQUESTS);
		}).toList();
	}

	private Map<String, Long> read() throws SQLException {
		Map<String, Long> counts = new HashMap<>();
		try (Statement statement = this.observer.createStatement();
				ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com\\_%'")) {
			while (rows.next()) {
				counts.put(rows.getString(1), rows.getLong(2));
			}
		}
		return counts;
	}

}
