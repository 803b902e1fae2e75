package io.github.connectionguard.requests;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the endpoint and health answer at once, whatever the pool, the server and
 * the path to it are doing.
 */
@Tag("extended")
class EndpointAnswerTimeTests {

	private static final String POOL = "/actuator/connectionguard/dataSource";

	private static final List<String> PATHS = List.of("/actuator/connectionguard", POOL, POOL + "/connections",
			POOL + "/events", "/actuator/health");

	private static final int CALLS = 10;

	/**
	 * What the best of some calls takes at most, so that a busy machine is no failure.
	 */
	private static final Duration PROMPT = Duration.ofMillis(50);

	/**
	 * What any call takes at most. One that waited for the pool would take 30 seconds,
	 * and one that waited for whoever waits for the server 3 seconds.
	 */
	private static final Duration NOT_WAITING = Duration.ofSeconds(2);

	private static final String[] WAITS = { "connection-guard.validation.timeout=3s",
			"spring.datasource.hikari.validation-timeout=3000", "spring.datasource.hikari.connection-timeout=30000",
			"spring.datasource.hikari.maximum-pool-size=2", "connection-guard.validation.ping-after=0s",
			"management.endpoints.web.exposure.include=health,connectionguard" };

	private final TestServer server = TestServer.shared();

	@Test
	void whileThePoolIsExhausted() throws Exception {
		try (RequestsApp app = RequestsApp.start(this.server, this.server.createDatabase(), WAITS)) {
			HikariDataSource pool = warm(app);
			CompletableFuture<Void> waiting;
			try (Connection one = pool.getConnection(); Connection other = pool.getConnection()) {
				assertThat(one).isNotSameAs(other);
				waiting = CompletableFuture.runAsync(() -> borrowAndReturn(pool));
				Awaitility.await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
				assertAnswersAtOnce(app);
				assertThat(JsonPath.<String>read(app.get(POOL).body(), "$.verdict.status")).isEqualTo("EXHAUSTED");
			}
			waiting.join();
		}
	}

	@Test
	void whileTheServerIsFrozen() throws Exception {
		try (TestServer own = TestServer.start();
				RequestsApp app = RequestsApp.start(own, own.createDatabase(), WAITS)) {
			HikariDataSource pool = warm(app);
			own.freeze();
			CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> borrowAndReturn(pool));
			try {
				Awaitility.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() > 0);
				assertAnswersAtOnce(app);
				assertThat(waiting).isNotDone();
			}
			finally {
				own.thaw();
			}
			waiting.join();
		}
	}

	@Test
	void whileThePathIsSilent() throws Exception {
		try (TcpHop hop = TcpHop.to(this.server.port());
				RequestsApp app = RequestsApp.startWithUrl(this.server.jdbcUrl(this.server.createDatabase(), hop),
						this.server, WAITS)) {
			HikariDataSource pool = warm(app);
			hop.silence();
			CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> borrowAndReturn(pool));
			Awaitility.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() > 0);
			assertAnswersAtOnce(app);
			assertThat(waiting).isNotDone();
			hop.restore();
			waiting.join();
		}
	}

	private static HikariDataSource warm(RequestsApp app) throws IOException, InterruptedException {
		HikariDataSource pool = app.bean(HikariDataSource.class);
		Awaitility.await()
			.until(() -> pool.getHikariPoolMXBean() != null && pool.getHikariPoolMXBean().getIdleConnections() == 2);
		for (int i = 0; i < CALLS; i++) {
			for (String path : PATHS) {
				assertThat(app.get(path).statusCode()).isEqualTo(200);
			}
		}
		return pool;
	}

	private static void assertAnswersAtOnce(RequestsApp app) throws IOException, InterruptedException {
		for (String path : PATHS) {
			Duration best = NOT_WAITING;
			for (int i = 0; i < CALLS; i++) {
				long start = System.nanoTime();
				HttpResponse<String> answer = app.get(path);
				Duration took = Duration.ofNanos(System.nanoTime() - start);
				assertThat(answer.statusCode()).isIn(200, 503);
				assertThat(took).as(path).isLessThan(NOT_WAITING);
				best = (took.compareTo(best) < 0) ? took : best;
			}
			assertThat(best).as("the best of " + path).isLessThan(PROMPT);
		}
	}

	private static void borrowAndReturn(HikariDataSource pool) {
		try (Connection connection = pool.getConnection()) {
			assertThat(connection.isClosed()).isFalse();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
