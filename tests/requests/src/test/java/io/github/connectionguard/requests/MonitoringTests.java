package io.github.connectionguard.requests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@code docs/monitoring} offers, with a Prometheus server that scrapes an
 * application in a fault.
 */
@Tag("monitoring")
class MonitoringTests {

	private static final Path FOLDER = Path.of("../../docs/monitoring");

	private static final String RULES = FOLDER.resolve("rules.yml").toString();

	private static final Pattern METER = Pattern.compile("(?<![:a-z_])(connection_guard|hikaricp)_[a-z_]+");

	private static final Pattern SUGGESTION = Pattern
		.compile(".*`(curl |CommitOutcome|spring\\.|connection-guard\\.|management\\.).*");

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	@BeforeEach
	void needsPrometheus() {
		Prometheus.require();
	}

	@Test
	void rulesAreValidAndDoWhatTheirTestsSay() throws Exception {
		assertThat(Prometheus.tool("", "check", "rules", RULES)).contains("SUCCESS");
		assertThat(Prometheus.tool("", "test", "rules", FOLDER.resolve("rules-test.yml").toString()))
			.contains("SUCCESS");
	}

	@Test
	void everyAlertIsTestedAndListed() throws Exception {
		List<String> alerts = Files.readAllLines(Path.of(RULES))
			.stream()
			.filter((line) -> line.contains("- alert: "))
			.map((line) -> line.substring(line.indexOf(": ") + 2))
			.toList();
		assertThat(alerts).hasSizeGreaterThan(6);
		assertThat(Files.readAllLines(FOLDER.resolve("rules-test.yml")))
			.containsAll(alerts.stream().map((alert) -> "        alertname: " + alert).toList());
		assertThat(
				Files.readAllLines(FOLDER.resolve("README.md")).stream().filter((line) -> line.startsWith("| `Conn")))
			.extracting((line) -> line.split("`")[1])
			.containsExactlyElementsOf(alerts);
	}

	/**
	 * The rules are those that are offered, with a second in place of each minute and a
	 * minute in place of each hour.
	 */
	@Test
	void faultIsOnTheDashboardAndAlertsFireAndEnd() throws Exception {
		try (TestServer server = TestServer.start();
				RequestsApp app = RequestsApp.start(server, server.createDatabase(),
						"management.endpoints.web.exposure.include=prometheus",
						"spring.datasource.hikari.maximum-pool-size=4");
				Prometheus prometheus = Prometheus.start(app.port(), hastened(Files.readString(Path.of(RULES))))) {
			HikariDataSource pool = app.bean(HikariDataSource.class);
			awaitIdle(pool);
			Awaitility.await().atMost(PATIENCE).until(() -> !prometheus.valuesOf("connection_guard_outage").isEmpty());
			assertThat(prometheus.firing()).isEmpty();

			killAll(server, pool);
			awaitAlert(prometheus, "ConnectionGuardDeaths");
			assertThat(app.get("/rows/leak").statusCode()).isEqualTo(200);
			awaitAlert(prometheus, "ConnectionGuardLeaks");
			exhaust(pool, () -> awaitAlert(prometheus, "ConnectionGuardPoolExhausted"));
			server.stop();
			awaitAlert(prometheus, "ConnectionGuardOutage");
			server.startAgain();
			awaitIdle(pool);
			Awaitility.await().atMost(PATIENCE).until(() -> prometheus.firing().isEmpty());

			assertThat(dashboard()).hasSizeGreaterThan(20)
				.allSatisfy((expression) -> assertThat(prometheus.valuesOf(expression))
					.anyMatch((value) -> !value.equals("NaN")));
			assertMetersAreScraped(app.get("/actuator/prometheus").body(), prometheus.ofRules("query"));
			assertThat(prometheus.<Map<String, String>>ofRules("annotations")).hasSizeGreaterThan(6)
				.allSatisfy((annotations) -> assertThat(annotations).containsOnlyKeys("summary", "remedy")
					.hasEntrySatisfying("remedy", (remedy) -> assertThat(remedy).matches(SUGGESTION)));
		}
	}

	private static String hastened(String rules) {
		return rules.replaceAll("(\\[[0-9]+|(?:for|interval): [0-9]+)m", "$1s").replaceAll("(\\[[0-9]+)h", "$1m");
	}

	private static void assertMetersAreScraped(String scraped, List<String> expressions)
			throws IOException, InterruptedException {
		assertThat(expressions).hasSizeGreaterThan(6);
		assertThat(expressions.stream().flatMap((each) -> METER.matcher(each).results()))
			.extracting((found) -> found.group())
			.hasSizeGreaterThan(6)
			.allMatch((meter) -> scraped.contains("\n" + meter + "{"));
		String ours = scraped.lines()
			.filter((line) -> line.contains("connection_guard_"))
			.collect(Collectors.joining("\n", "", "\n"));
		assertThat(Prometheus.tool(ours, "check", "metrics")).isEmpty();
	}

	private static List<String> dashboard() throws IOException {
		String dashboard = Files.readString(FOLDER.resolve("connection-guard.json"));
		List<Integer> ids = JsonPath.read(dashboard, "$.panels[*].id");
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(JsonPath.<List<String>>read(dashboard, "$..datasource.uid")).containsOnly("${datasource}");
		assertThat(JsonPath.<List<String>>read(dashboard, "$.templating.list[*].name")).containsExactly("datasource",
				"application", "instance", "pool");
		return JsonPath.<List<String>>read(dashboard, "$.panels[*].targets[*].expr")
			.stream()
			.map((expression) -> expression.replace("$__rate_interval", "10s")
				.replace("$__range", "5m")
				.replaceAll("\\$(application|instance|pool)", ".*"))
			.toList();
	}

	private static void killAll(TestServer server, HikariDataSource pool) throws Exception {
		List<Connection> all = new ArrayList<>();
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
			Connection connection = pool.getConnection();
			all.add(connection);
			try (var id = connection.createStatement().executeQuery("SELECT CONNECTION_ID()")) {
				id.next();
				ids.add(id.getString(1));
			}
		}
		for (Connection connection : all) {
			connection.close();
		}
		for (String id : ids) {
			server.execute("KILL " + id);
		}
	}

	private static void exhaust(HikariDataSource pool, Runnable meanwhile) throws Exception {
		List<Connection> all = new ArrayList<>();
		for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
			all.add(pool.getConnection());
		}
		CompletableFuture<Connection> waiting = CompletableFuture.supplyAsync(() -> borrow(pool));
		try {
			meanwhile.run();
		}
		finally {
			for (Connection connection : all) {
				connection.close();
			}
			waiting.join().close();
		}
	}

	private static Connection borrow(HikariDataSource pool) {
		try {
			return pool.getConnection();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitIdle(HikariDataSource pool) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> pool.getHikariPoolMXBean() != null
					&& pool.getHikariPoolMXBean().getIdleConnections() == pool.getMaximumPoolSize());
	}

	private static void awaitAlert(Prometheus prometheus, String alert) {
		Awaitility.await().atMost(PATIENCE).until(() -> prometheus.firing().contains(alert));
	}

}
