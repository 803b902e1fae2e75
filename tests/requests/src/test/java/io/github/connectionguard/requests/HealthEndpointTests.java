package io.github.connectionguard.requests;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code /actuator/health} as a whole.
 */
@Tag("extended")
class HealthEndpointTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@Test
	void answersWithoutAConnectionWhenAllAreBusy() throws Exception {
		try (RequestsApp app = RequestsApp.start(this.server, this.database)) {
			HikariDataSource pool = app.bean(HikariDataSource.class);
			List<Connection> busy = borrowAll(pool);
			try {
				app.get("/actuator/health");
				double borrowed = borrows(app);
				List<Duration> took = new ArrayList<>();
				for (int i = 0; i < 1000; i++) {
					long start = System.nanoTime();
					HttpResponse<String> response = app.get("/actuator/health");
					took.add(Duration.ofNanos(System.nanoTime() - start));
					assertThat(response.statusCode()).isEqualTo(200);
				}
				assertThat(borrows(app)).isEqualTo(borrowed);
				took.sort(null);
				assertThat(took.get(took.size() / 2)).as("the median").isLessThan(Duration.ofMillis(50));
				String health = app.get("/actuator/health").body();
				assertThat(JsonPath.<Integer>read(health,
						"$.components.connectionGuard.components.dataSource.details.active"))
					.isEqualTo(10);
				assertThat(JsonPath.<String>read(health, "$.components.db.status")).isEqualTo("UP");
				assertThat(JsonPath.<String>read(health, "$.components.db.details.database")).isEqualTo("MySQL");
			}
			finally {
				for (Connection connection : busy) {
					connection.close();
				}
			}
		}
	}

	@Test
	void databaseThatIsDownAtTheStartHindersNothingButItself() throws Exception {
		try (TestServer ownServer = TestServer.start()) {
			String ownDatabase = ownServer.createDatabase();
			ownServer.stop();
			try (RequestsApp app = RequestsApp.start(ownServer, ownDatabase, "spring.sql.init.mode=never",
					"spring.datasource.hikari.connection-timeout=30000")) {
				assertThat(app.get("/rows/none").statusCode()).isEqualTo(200);
				Awaitility.await()
					.atMost(Duration.ofSeconds(5))
					.until(() -> app.get("/actuator/health").statusCode() == 503);
				long start = System.nanoTime();
				String health = app.get("/actuator/health").body();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
				assertThat(JsonPath.<String>read(health, "$.components.connectionGuard.status")).isEqualTo("DOWN");
				assertThat(JsonPath.<String>read(health, "$.components.db.status")).isEqualTo("DOWN");
				assertThat(health).doesNotContain(ownServer.password());
				assertThat(app.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
				ownServer.startAgain();
				Awaitility.await()
					.atMost(Duration.ofSeconds(40))
					.until(() -> app.get("/actuator/health").statusCode() == 200);
				assertThat(app.get("/rows/no-table").statusCode()).isEqualTo(200);
			}
		}
	}

	private static double borrows(RequestsApp app) {
		return app.bean(MeterRegistry.class).get("hikaricp.connections.acquire").timer().count();
	}

	private static List<Connection> borrowAll(HikariDataSource pool) throws SQLException {
		List<Connection> borrowed = new ArrayList<>();
		for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
			borrowed.add(pool.getConnection());
		}
		return borrowed;
	}

}
