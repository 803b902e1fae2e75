package io.github.connectionguard.requests;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.endpoint.ConnectionGuardEndpoint;
import io.github.connectionguard.endpoint.PoolDescriptor;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the endpoint tells of those who hold connections, and of those who wait.
 */
@Tag("extended")
class HolderTests {

	private static final String ROOT = "/actuator/connectionguard";

	private static final String POOL = ROOT + "/dataSource";

	private static final String STACKS = "{\"action\":\"stacks\"}";

	private static final String UNRESTRICTED = "management.endpoint.connectionguard.access=unrestricted";

	private static final String SHOWN = "management.endpoint.connectionguard.show-values=always";

	private final TestServer server = TestServer.shared();

	@Test
	void requestThatHoldsIsToldWithoutItsQuery() throws Exception {
		try (RequestsApp app = start(SHOWN)) {
			whileHeld(app, "/holding/written/7;jsessionid=secret?token=secret", () -> {
				String told = app.get(ROOT).body();
				assertThat(held(told, "request")).containsExactly("GET /holding/written/7");
				assertThat(held(told, "inTransaction")).containsExactly(true);
				assertThat(JsonPath.<List<String>>read(told, "$.session.holding[*].request"))
					.containsExactly("GET /holding/written/7");
				assertThat(told).doesNotContain("secret");
			});
			assertThat(held(app.get(ROOT).body(), "request")).isEmpty();
			assertThat(held(app.get(ROOT).body(), "inTransaction")).isEmpty();
		}
	}

	@Test
	void connectionOnWhichNothingRanIsInNoTransaction() throws Exception {
		try (RequestsApp app = start(SHOWN)) {
			whileHeld(app, "/holding/borrowed", () -> {
				String told = app.get(ROOT).body();
				assertThat(held(told, "request")).containsExactly("GET /holding/borrowed");
				assertThat(held(told, "inTransaction")).containsExactly(false);
			});
		}
	}

	@Test
	void connectionOfNoSessionIsNotThatOfTheLastRequestOnItsThread() throws Exception {
		try (RequestsApp app = start(SHOWN, "server.tomcat.threads.max=1", "server.tomcat.threads.min-spare=1",
				"connection-guard.session.exclude-paths=/holding/borrowed")) {
			assertThat(app.get("/rows/ok").statusCode()).isEqualTo(200);
			whileHeld(app, "/holding/borrowed", () -> {
				PoolDescriptor pool = app.bean(ConnectionGuardEndpoint.class).pool("dataSource");
				assertThat(pool).isNotNull();
				assertThat(pool.connections()).filteredOn((connection) -> connection.holder() != null)
					.singleElement()
					.satisfies((connection) -> assertThat(connection.request()).isNull());
			});
		}
	}

	@Test
	void pathsAreHidden() throws Exception {
		try (RequestsApp app = start(UNRESTRICTED)) {
			whileHeld(app, "/holding/written/7", () -> {
				String told = app.get(ROOT).body();
				assertThat(held(told, "request")).containsExactly("******");
				assertThat(told).doesNotContain("/holding/");
				String stacks = app.post(POOL, STACKS).body();
				assertThat(JsonPath.<List<String>>read(stacks, "$.holding[*].request")).containsExactly("******");
				assertThat(JsonPath.<List<String>>read(stacks, "$.holding[*].holder")).containsExactly("******");
			});
		}
	}

	@Test
	void stacksAreToldToThoseWithAccessAlone() throws Exception {
		try (RequestsApp app = start(SHOWN)) {
			assertThat(app.post(POOL, STACKS).statusCode()).isEqualTo(405);
		}
	}

	@Test
	void stackOfTheHolderIsToldBesideThatOfWhoWaits() throws Exception {
		try (RequestsApp app = start(SHOWN, UNRESTRICTED, "spring.datasource.hikari.maximum-pool-size=1")) {
			whileHeld(app, "/holding/written/7", () -> {
				CompletableFuture<HttpResponse<String>> waiting = app.getLater("/rows/read",
						HttpResponse.BodyHandlers.ofString());
				Awaitility.await().until(() -> waiters(app) == 1);
				Awaitility.await().until(() -> app.post(POOL, STACKS).body().contains("waitingFor"));
				String stacks = app.post(POOL, STACKS).body();
				assertThat(JsonPath.<List<List<String>>>read(stacks, "$.holding[*].stack")).singleElement()
					.satisfies((stack) -> assertThat(stack)
						.anyMatch((call) -> call.contains("HoldingController.written")));
				assertThat(JsonPath.<List<Object>>read(stacks, "$.holding[*].borrowedAt")).isEmpty();
				assertThat(JsonPath.<List<List<String>>>read(stacks, "$.waiting[*].stack")).singleElement()
					.satisfies((stack) -> assertThat(stack).anyMatch((call) -> call.contains("RowController.read")));
				assertThat(JsonPath.<Boolean>read(stacks, "$.waitingHere")).isTrue();
				app.bean(Gate.class).open();
				assertThat(waiting.get().statusCode()).isEqualTo(200);
			});
			String calm = app.post(POOL, STACKS).body();
			assertThat(JsonPath.<List<Object>>read(calm, "$.waiting")).isEmpty();
			assertThat(JsonPath.<List<Object>>read(calm, "$.holding")).isEmpty();
		}
	}

	@Test
	void whereConnectionsAreBorrowedIsToldOnceThatIsRecorded() throws Exception {
		try (RequestsApp app = start(SHOWN, UNRESTRICTED)) {
			assertThat(app.post(POOL, "{\"action\":\"record-borrows\"}").body()).contains("until the application ends");
			whileHeld(app, "/holding/written/7",
					() -> assertThat(
							JsonPath.<List<List<String>>>read(app.post(POOL, STACKS).body(), "$.holding[*].borrowedAt"))
						.singleElement()
						.satisfies((stack) -> assertThat(stack).anyMatch((call) -> call.contains("RowService.bare"))));
		}
	}

	private RequestsApp start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("management.endpoints.web.exposure.include=connectionguard");
		return RequestsApp.start(this.server, this.server.createDatabase(), all.toArray(String[]::new));
	}

	private static void whileHeld(RequestsApp app, String path, Check check) throws Exception {
		Gate gate = app.bean(Gate.class);
		gate.close();
		CompletableFuture<HttpResponse<String>> held = app.getLater(path, HttpResponse.BodyHandlers.ofString());
		try {
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(gate::isReached);
			check.run();
		}
		finally {
			gate.open();
			assertThat(held.get().body()).isEqualTo("true");
		}
	}

	private static int waiters(RequestsApp app) {
		return app.bean(HikariDataSource.class).getHikariPoolMXBean().getThreadsAwaitingConnection();
	}

	private static List<Object> held(String told, String field) {
		return JsonPath.read(told, "$.pools.dataSource.connections[*]." + field);
	}

	/**
	 * What is looked at while a connection is held.
	 */
	private interface Check {

		void run() throws Exception;

	}

}
