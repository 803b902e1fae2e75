package io.github.connectionguard.page;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an update of the page costs a browser, with three pools of fifty
 * connections.
 */
@Tag("extended")
class UpdateTests {

	private static final String PAGE = "/actuator/connectionguard";

	private static final int UPDATES = 20;

	/**
	 * How long a frame lasts on a screen that shows sixty of them a second.
	 */
	private static final double FRAME_MILLIS = 16;

	/**
	 * What the profiler calls the time in which no script runs.
	 */
	private static final Set<String> NO_SCRIPT = Set.of("(idle)", "(program)", "(root)");

	private static final String UPDATE = """
			const [last, done] = arguments;
			new PerformanceObserver((list, observer) => {
				if (list.getEntriesByName(last).length) {
					observer.disconnect();
					done();
				}
			}).observe({ type: "resource" });
			document.dispatchEvent(new Event("visibilitychange"));
			""";

	private static final String OBSERVE = """
			window.changes = { events: 0, charts: 0 };
			const observe = (selector, name) => document.querySelectorAll(selector).forEach((element) =>
				new MutationObserver((records) => window.changes[name] += records.length)
					.observe(element, { childList: true, characterData: true, subtree: true }));
			observe(".events tbody", "events");
			observe(".chart svg", "charts");
			""";

	private static final String SAMPLED = """
			return performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith("/samples")).length;
			""";

	private static PageApplication application;

	private static Browser browser;

	@BeforeAll
	static void open() throws SQLException {
		TestServer server = TestServer.shared();
		server.execute("SET GLOBAL max_connections = 200"); // by default 151
		browser = Browser.start();
		application = PageApplication.start(server, "pool.size=50", "others.size=50");
		browser.open(application.url(PAGE));
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> browser.count(".bar") == 150);
	}

	@AfterAll
	static void close() {
		if (application != null) {
			application.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	/**
	 * By the browser's profiler: its metric {@code ScriptDuration} leaves microtasks out,
	 * in which all of an update runs. Of updates that are alike, the quicker ones are
	 * those that nothing else on the machine has interrupted.
	 */
	@Test
	void takesLessScriptThanAFrameLasts() throws SQLException {
		HikariDataSource pool = application.pool();
		List<Connection> lent = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			lent.add(begin(pool));
		}
		browser.driver().executeCdpCommand("Profiler.enable", Map.of());
		browser.driver().executeCdpCommand("Profiler.setSamplingInterval", Map.of("interval", 100));
		List<Double> millis = new ArrayList<>();
		for (int i = 0; i < UPDATES; i++) {
			lent.add(pool.getConnection());
			pool.evictConnection(pool.getConnection());
			browser.driver().executeCdpCommand("Profiler.start", Map.of());
			update();
			millis.add(scriptMillis(browser.driver().executeCdpCommand("Profiler.stop", Map.of())));
		}
		assertThat(browser.count(".bar.transaction")).isEqualTo(10);
		for (Connection connection : lent) {
			connection.close();
		}
		assertThat(millis.stream().sorted().skip(UPDATES / 4).findFirst()).as("%s ms", millis)
			.hasValueSatisfying((quick) -> assertThat(quick).isLessThan(FRAME_MILLIS));
	}

	@Test
	void changesOnlyWhatDiffers() {
		browser.evaluate(OBSERVE);
		Awaitility.await().untilAsserted(() -> {
			browser.evaluate("window.changes.events = window.changes.charts = 0; performance.clearResourceTimings();");
			for (int i = 0; i < 5; i++) {
				update();
			}
			assertThat(browser.evaluate("return window.changes.events")).isEqualTo(0L);
			assertThat((long) browser.evaluate("return window.changes.charts"))
				.isLessThanOrEqualTo((long) browser.evaluate(SAMPLED));
		});
	}

	private static void update() {
		browser.driver().executeAsyncScript(UPDATE, application.url(PAGE + "/third/events"));
	}

	private static double scriptMillis(Map<String, Object> stopped) {
		JsonNode profile = new JsonMapper().valueToTree(stopped).path("profile");
		Set<Integer> noScript = new HashSet<>();
		for (JsonNode node : profile.path("nodes")) {
			if (NO_SCRIPT.contains(node.path("callFrame").path("functionName").asString())) {
				noScript.add(node.path("id").asInt());
			}
		}
		long micros = 0;
		for (int i = 0; i < profile.path("samples").size(); i++) {
			if (!noScript.contains(profile.path("samples").path(i).asInt())) {
				micros += profile.path("timeDeltas").path(i).asLong();
			}
		}
		return micros / 1000.0;
	}

	private static Connection begin(HikariDataSource pool) throws SQLException {
		Connection connection = pool.getConnection();
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute("SELECT 1");
		}
		return connection;
	}

}
