package io.github.connectionguard.requests;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import io.github.connectionguard.session.RollbackPolicy;
import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the endpoint and the meters tell of what units of work come to.
 */
@Tag("extended")
class SessionEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=connectionguard";

	private static final String ROOT = "/actuator/connectionguard";

	private final TestServer server = TestServer.shared();

	@Test
	void unitsAreCountedByWhatTheyCameToAndWhy() throws Exception {
		try (RequestsApp app = start()) {
			app.get("/rows/none");
			app.get("/rows/read");
			assertThat(units(app)).isEmpty();
			app.get("/rows/ok");
			app.get("/rows/returned-400");
			assertThat(units(app)).containsOnly(Map.entry("committed none", 2));
			app.get("/rows/unchecked");
			app.get("/rows/handled");
			assertThat(units(app)).containsEntry("rolled_back exception", 2);
			app.get("/rows/returned-500");
			assertThat(units(app)).containsEntry("rolled_back status", 1);
			app.get("/rows/rollback-only");
			assertThat(units(app)).containsEntry("rolled_back rollback_only", 1);
			app.get("/rows/die");
			assertThat(units(app)).containsEntry("failed commit", 1);
			app.get("/rows/opted-out");
			assertThat(units(app)).containsOnlyKeys("committed none", "rolled_back exception", "rolled_back status",
					"rolled_back rollback_only", "failed commit");
			assertThat(meters(app)).isEqualTo(units(app));
		}
	}

	@Test
	void clientThatWasAnsweredOtherwiseIsAReasonOfItsOwn() throws Exception {
		try (RequestsApp app = start()) {
			app.bean(Gate.class).close();
			app.get("/async/task-times-out");
			app.bean(Gate.class).open();
			Awaitility.await().until(() -> units(app).containsKey("rolled_back abandoned"));
			assertThat(units(app)).doesNotContainKey("rolled_back exception");
		}
	}

	@Test
	void policyOfTheApplicationIsAReasonOfItsOwn() throws Exception {
		try (RequestsApp app = RequestsApp.startWith(Cautious.class, this.server, this.server.createDatabase())) {
			app.get("/rows/returned-400");
			assertThat(meters(app)).containsOnly(Map.entry("rolled_back policy", 1));
		}
	}

	@Test
	void sessionTimeoutIsAReasonOfItsOwn() throws Exception {
		try (RequestsApp app = start("connection-guard.session.timeout=1s")) {
			app.get("/rows/read"); // the first request takes its time
			app.get("/holding/caught-timeout");
			assertThat(units(app)).containsOnly(Map.entry("rolled_back timeout", 1));
		}
	}

	@Test
	void unitsInModeTransactionAreCountedWithTransactionsThatFailInside() throws Exception {
		try (RequestsApp app = start("connection-guard.session.mode=transaction")) {
			app.get("/rows/bare-then-caught-then-bare");
			assertThat(units(app)).containsEntry("rolled_back transaction", 1);
		}
	}

	@Test
	void noUnitIsCountedInModeBackstop() throws Exception {
		try (RequestsApp app = start("connection-guard.session.mode=backstop")) {
			app.get("/rows/ok");
			app.get("/rows/unchecked");
			assertThat(units(app)).isEmpty();
		}
	}

	@Test
	void timeAConnectionIsKeptIsTold() throws Exception {
		try (RequestsApp app = start()) {
			Gate gate = app.bean(Gate.class);
			gate.close();
			CompletableFuture<HttpResponse<String>> held = app.getLater("/holding/written/1",
					HttpResponse.BodyHandlers.ofString());
			Awaitility.await().until(gate::isReached);
			long begin = System.nanoTime();
			Awaitility.await().until(() -> System.nanoTime() - begin > Duration.ofMillis(200).toNanos());
			gate.open();
			held.get();
			app.get("/rows/read");
			String told = app.get(ROOT).body();
			assertThat(JsonPath.<Integer>read(told, "$.session.kept.count")).isOne();
			Duration longest = Duration.parse(JsonPath.read(told, "$.session.kept.longest"));
			assertThat(longest).isGreaterThan(Duration.ofMillis(200));
			assertThat(Duration.parse(JsonPath.read(told, "$.session.kept.total"))).isEqualTo(longest);
			assertThat(app.bean(MeterRegistry.class).get("connection.guard.unit.kept").functionTimer().count()).isOne();
		}
	}

	private RequestsApp start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add(EXPOSED);
		return RequestsApp.start(this.server, this.server.createDatabase(), all.toArray(String[]::new));
	}

	private static Map<String, Integer> units(RequestsApp app) throws Exception {
		List<Map<String, Object>> units = JsonPath.read(app.get(ROOT).body(), "$.session.units");
		return units.stream()
			.collect(Collectors.toMap((ended) -> ended.get("outcome") + " " + ended.get("reason"),
					(ended) -> (Integer) ended.get("count")));
	}

	private static Map<String, Integer> meters(RequestsApp app) {
		return app.bean(MeterRegistry.class)
			.get("connection.guard.units")
			.functionCounters()
			.stream()
			.filter((counter) -> counter.count() > 0)
			.collect(Collectors.toMap(
					(counter) -> counter.getId().getTag("outcome") + " " + counter.getId().getTag("reason"),
					(counter) -> (int) counter.count()));
	}

	/**
	 * Has a policy that rolls back for less.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Cautious {

		@Bean
		RollbackPolicy cautiousPolicy() {
			return (outcome) -> outcome.status() >= 400;
		}

	}

}
