package io.github.connectionguard.requests;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.outcome.UnitEnd;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/endpoint.md} tells every field of the endpoint and no other.
 */
@Tag("extended")
class EndpointDocumentTests {

	private static final Path DOCUMENT = Path.of("../../docs/endpoint.md");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final String ROOT = "/actuator/connectionguard";

	private static final String POOL = ROOT + "/dataSource";

	@Test
	void everyFieldOfAPoolIsToldAndNoOther() throws Exception {
		Set<String> seen = new TreeSet<>();
		try (TestServer server = TestServer.start();
				RequestsApp app = RequestsApp.start(server, server.createDatabase(),
						"management.endpoints.web.exposure.include=connectionguard",
						"management.endpoint.connectionguard.access=unrestricted",
						"connection-guard.network-idle-timeout=600")) {
			HikariDataSource pool = app.bean(HikariDataSource.class);
			Awaitility.await().until(() -> field(app, "$.counters.idle").equals(pool.getMaximumPoolSize()));
			app.post(POOL, "{\"action\":\"ping\"}");
			Awaitility.await().until(() -> app.get(POOL).body().contains("lastPing"));
			server.execute("KILL " + field(app, "$.connections[0].serverConnectionId"));
			Awaitility.await().until(() -> app.get(POOL).body().contains("lastLoss"));
			whileHeld(app, () -> collect("", JsonPath.read(app.get(POOL).body(), "$"), seen));
			server.stop();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> field(app, "$.verdict.status").equals("UNREACHABLE"));
			collect("", JsonPath.read(app.get(POOL).body(), "$"), seen);
		}
		assertThat(seen).isEqualTo(new TreeSet<>(firstColumn("## Fields")));
	}

	@Test
	void everyFieldOfTheSessionAndOfStacksIsToldAndNoOther() throws Exception {
		Set<String> session = new TreeSet<>();
		Set<String> stacks = new TreeSet<>();
		try (TestServer server = TestServer.start();
				RequestsApp app = RequestsApp.start(server, server.createDatabase(),
						"management.endpoints.web.exposure.include=connectionguard",
						"spring.datasource.hikari.maximum-pool-size=1",
						"management.endpoint.connectionguard.access=unrestricted")) {
			app.post(POOL, "{\"action\":\"record-borrows\"}");
			whileHeld(app, () -> {
				CompletableFuture<?> waiting = app.getLater("/rows/ok", HttpResponse.BodyHandlers.discarding());
				Awaitility.await().until(() -> app.post(POOL, "{\"action\":\"stacks\"}").body().contains("waitingFor"));
				collect("", JsonPath.read(app.post(POOL, "{\"action\":\"stacks\"}").body(), "$"), stacks);
				collect("", JsonPath.read(app.get(ROOT).body(), "$"), session);
				app.bean(Gate.class).open();
				waiting.get();
			});
			collect("", JsonPath.read(app.get(ROOT).body(), "$"), session);
		}
		session.removeIf((field) -> !field.startsWith("session."));
		assertThat(session).isEqualTo(new TreeSet<>(
				firstColumn("## What the session does").stream().filter((name) -> name.contains(".")).toList()));
		assertThat(stacks.stream().map((field) -> field.replaceFirst("\\[]$", "")))
			.containsExactlyInAnyOrderElementsOf(firstColumn("### Who holds, and who waits"));
	}

	@Test
	@Tag("slow")
	void everyFieldOfSamplesIsToldAndNoOther() throws Exception {
		Set<String> samples = new TreeSet<>();
		try (TestServer server = TestServer.start();
				RequestsApp app = RequestsApp.start(server, server.createDatabase(),
						"management.endpoints.web.exposure.include=connectionguard",
						"management.endpoint.connectionguard.access=unrestricted")) {
			HikariDataSource pool = app.bean(HikariDataSource.class);
			Awaitility.await().until(() -> field(app, "$.counters.idle").equals(pool.getMaximumPoolSize()));
			app.post(POOL, "{\"action\":\"ping\"}");
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> app.get(POOL + "/samples").body().contains("slowestPing"));
			collect("", JsonPath.read(app.get(POOL + "/samples").body(), "$"), samples);
		}
		assertThat(samples).isEqualTo(new TreeSet<>(firstColumn("## The last 15 minutes")));
	}

	@Test
	void everyReasonForWhichUnitsEndIsTold() throws Exception {
		assertThat(firstColumn("## What the session does").stream().filter((name) -> !name.contains(".")))
			.containsExactlyInAnyOrderElementsOf(Stream.of(UnitEnd.values()).map(UnitEnd::reason).toList());
	}

	@Test
	void everyEventIsToldWithItsFieldsAndNoOther() throws Exception {
		Map<String, Set<String>> known = new TreeMap<>();
		for (Class<?> event : GuardEvent.class.getPermittedSubclasses()) {
			known.put(event.getSimpleName(),
					Stream.of(event.getRecordComponents())
						.map(RecordComponent::getName)
						.filter((name) -> !Set.of("pool", "at").contains(name))
						.collect(Collectors.toSet()));
		}
		Map<String, Set<String>> told = new TreeMap<>();
		for (List<String> row : rows("## Events")) {
			told.put(codes(row.get(0)).get(0), Set.copyOf(codes(row.get(1))));
		}
		assertThat(told).isEqualTo(known);
	}

	private static void whileHeld(RequestsApp app, Check check) throws Exception {
		Gate gate = app.bean(Gate.class);
		gate.close();
		CompletableFuture<?> held = app.getLater("/holding/written/1", HttpResponse.BodyHandlers.discarding());
		try {
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(gate::isReached);
			check.run();
		}
		finally {
			gate.open();
			held.get();
		}
	}

	private static Object field(RequestsApp app, String path) throws IOException, InterruptedException {
		return JsonPath.read(app.get(POOL).body(), path);
	}

	private static void collect(String path, Object value, Set<String> seen) {
		if (value instanceof Map<?, ?> fields) {
			fields.forEach((name, inner) -> collect(path.isEmpty() ? name.toString() : path + "." + name, inner, seen));
		}
		else if (value instanceof List<?> elements) {
			elements.forEach((element) -> collect(path + "[]", element, seen));
		}
		else {
			seen.add(path);
		}
	}

	private static List<String> firstColumn(String heading) throws IOException {
		return rows(heading).stream().flatMap((row) -> codes(row.get(0)).stream()).toList();
	}

	/**
	 * Return the cells of the table under a heading.
	 */
	private static List<List<String>> rows(String heading) throws IOException {
		return Files.readAllLines(DOCUMENT)
			.stream()
			.dropWhile((line) -> !line.equals(heading))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("## "))
			.filter((line) -> line.startsWith("| `"))
			.map((line) -> List.of(line.substring(1).split("\\|")))
			.toList();
	}

	private static List<String> codes(String cell) {
		return CODE.matcher(cell).results().map((found) -> found.group(1)).toList();
	}

	/**
	 * What is looked at while a request holds a connection.
	 */
	private interface Check {

		void run() throws Exception;

	}

}
