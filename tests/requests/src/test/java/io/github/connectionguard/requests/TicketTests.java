package io.github.connectionguard.requests;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootVersion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the endpoint tells of the past: the ticket and the samples.
 */
@Tag("extended")
class TicketTests {

	private static final String POOL = "/actuator/connectionguard/dataSource";

	private static final String TICKET = POOL + "/ticket";

	private final TestServer server = TestServer.shared();

	@Test
	void ticketIsPlainTextOfWhatIsKnown() throws Exception {
		try (RequestsApp app = start()) {
			this.server.execute("KILL " + serverConnectionId(app));
			Awaitility.await().until(() -> app.get(POOL).body().contains("lastLoss"));
			HttpResponse<String> answer = app.get(TICKET);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain;charset=UTF-8");
			String version = JsonPath.read(app.get(POOL).body(), "$.server.version");
			assertThat(answer.body().lines()).anyMatch((line) -> line.matches("verdict.status +LOSING"))
				.anyMatch((line) -> line.matches("spring-boot +" + SpringBootVersion.getVersion()))
				.anyMatch((line) -> line.matches("hikaricp +\\d+\\..*"))
				.anyMatch((line) -> line.matches("driver +M.* .*\\d+\\.\\d+\\..*"))
				.anyMatch((line) -> line.matches("server.version +" + version))
				.anyMatch((line) -> line.matches("settings.maxLifetime.effective +PT.*"))
				.anyMatch((line) -> line.matches("counters.maximum +10"))
				.anyMatch((line) -> line.matches("lost\\.\\w+ +1"))
				.anyMatch((line) -> line.contains(" ConnectionLost connection="))
				.anyMatch((line) -> line.contains(" ConnectionOpened connection="));
		}
	}

	@Test
	void ticketIsGivenToThoseWhoAskForText() throws Exception {
		try (RequestsApp app = start()) {
			HttpResponse<String> answer = app.get(TICKET, HttpResponse.BodyHandlers.ofString(), "Accept", "text/plain");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).startsWith("Connection Guard on pool '");
			assertThat(app.get(POOL + "/events").headers().firstValue("Content-Type")).get()
				.asString()
				.endsWith("json");
		}
	}

	@Test
	void ticketHoldsNoSecretAndNoHost() throws Exception {
		try (RequestsApp app = start()) {
			HikariDataSource pool = app.bean(HikariDataSource.class);
			try (var held = pool.getConnection()) {
				assertThat(held.isClosed()).isFalse();
				assertThat(app.get(TICKET).body()).doesNotContain(this.server.password())
					.doesNotContain(this.server.host())
					.doesNotContain(":" + this.server.port())
					.doesNotContainPattern("(?<!\\S)" + this.server.username() + "(?!\\S)")
					.doesNotContain(this.server.username() + "@")
					.doesNotContain(Thread.currentThread().getName() + "'")
					.doesNotContainIgnoringCase("jdbc:")
					.contains("server.address");
			}
		}
	}

	@Test
	@Tag("slow")
	void samplesTellOfWhatIsOver() throws Exception {
		try (RequestsApp app = start("spring.datasource.hikari.maximum-pool-size=2",
				"management.endpoint.connectionguard.access=unrestricted")) {
			HikariDataSource pool = app.bean(HikariDataSource.class);
			app.post(POOL, "{\"action\":\"ping\"}");
			try (var one = pool.getConnection(); var other = pool.getConnection()) {
				assertThat(List.of(one.isClosed(), other.isClosed())).containsOnly(false);
				long begin = System.nanoTime();
				Awaitility.await().until(() -> System.nanoTime() - begin > Duration.ofMillis(600).toNanos());
			}
			Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				String told = app.get(POOL + "/samples").body();
				assertThat(JsonPath.<List<Integer>>read(told, "$.samples[*].active")).contains(2).startsWith(0);
			});
			String told = app.get(POOL + "/samples").body();
			assertThat(JsonPath.<String>read(told, "$.interval")).isEqualTo("PT5S");
			assertThat(JsonPath.<Integer>read(told, "$.samples[0].idle")).isEqualTo(2);
			assertThat(JsonPath.<List<String>>read(told, "$.samples[*].slowestPing")).isNotEmpty();
			assertThat(JsonPath.<List<String>>read(told, "$.samples[*].at").stream().map(Instant::parse))
				.isSortedAccordingTo(Comparator.reverseOrder());
		}
	}

	private RequestsApp start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("management.endpoints.web.exposure.include=connectionguard");
		RequestsApp app = RequestsApp.start(this.server, this.server.createDatabase(), all.toArray(String[]::new));
		HikariDataSource pool = app.bean(HikariDataSource.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> pool.getHikariPoolMXBean() != null
					&& pool.getHikariPoolMXBean().getIdleConnections() == pool.getMaximumPoolSize());
		return app;
	}

	private static int serverConnectionId(RequestsApp app) throws Exception {
		return JsonPath.read(app.get(POOL).body(), "$.connections[0].serverConnectionId");
	}

}
