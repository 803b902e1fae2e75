package io.github.connectionguard.requests;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code /actuator/connectionguard}.
 */
@Tag("extended")
class EndpointTests {

	private static final String ROOT = "/actuator/connectionguard";

	private static final String POOL = ROOT + "/dataSource";

	private static final String EXPOSED = "management.endpoints.web.exposure.include=connectionguard";

	private static final String UNRESTRICTED = "management.endpoint.connectionguard.access=unrestricted";

	private static final String SHOWN = "management.endpoint.connectionguard.show-values=always";

	/**
	 * A borrow would wait for 30 seconds.
	 */
	private static final Duration AT_ONCE = Duration.ofSeconds(10);

	private final TestServer server = TestServer.shared();

	/**
	 * Whether somebody asks or not, a server that was not heard is asked in a login: not
	 * within this test.
	 */
	@Test
	void readingBorrowsNothingAndSendsNothing() throws Exception {
		try (RequestsApp app = start("connection-guard.validation.ping-after=1h",
				"management.endpoints.web.exposure.include=health,prometheus");
				Connection observer = this.server.connect("")) {
			awaitFullPool(app);
			List<String> paths = List.of(ROOT, POOL, POOL + "/connections", POOL + "/events", "/actuator/health",
					"/actuator/prometheus");
			for (String path : paths) {
				assertThat(app.get(path).statusCode()).isEqualTo(200);
			}
			double borrowed = borrows(app);
			List<Long> first = traffic(observer);
			List<Long> before = traffic(observer);
			for (int i = 0; i < 1000; i++) {
				app.get(paths.get(i % paths.size()));
			}
			List<Long> after = traffic(observer);
			assertThat(increase(before, after)).isEqualTo(increase(first, before));
			assertThat(borrows(app)).isEqualTo(borrowed);
		}
	}

	/**
	 * The pings, logins and statements that the server has seen, of which asking adds as
	 * many each time: over one connection, as the end of one that was closed is counted
	 * too, some time later.
	 */
	private static List<Long> traffic(Connection observer) throws SQLException {
		List<Long> traffic = new ArrayList<>();
		try (Statement statement = observer.createStatement();
				ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS WHERE Variable_name IN "
						+ "('Com_admin_commands', 'Com_select', 'Connections', 'Questions')")) {
			while (rows.next()) {
				traffic.add(rows.getLong(2));
			}
		}
		return traffic;
	}

	private static List<Long> increase(List<Long> before, List<Long> after) {
		return IntStream.range(0, before.size()).mapToObj((i) -> after.get(i) - before.get(i)).toList();
	}

	@Test
	void exhaustedPoolIsToldAtOnceWithItsLongestHolder() throws Exception {
		try (RequestsApp app = start(SHOWN, "spring.datasource.hikari.maximum-pool-size=2")) {
			awaitFullPool(app);
			HikariDataSource pool = app.bean(HikariDataSource.class);
			Thread waiting = new Thread(() -> borrowAndReturn(pool));
			try (Connection one = pool.getConnection(); Connection other = pool.getConnection()) {
				assertThat(List.of(one.isClosed(), other.isClosed())).containsOnly(false);
				waiting.start();
				Awaitility.await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
				long start = System.nanoTime();
				String told = app.get(POOL).body();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
				assertThat(JsonPath.<String>read(told, "$.verdict.status")).isEqualTo("EXHAUSTED");
				assertThat(JsonPath.<String>read(told, "$.verdict.sentence")).startsWith(
						"All connections are in use (2 of 2), and 1 thread waits; the longest holder is thread '"
								+ Thread.currentThread().getName() + "', for ");
				assertThat(JsonPath.<List<String>>read(told, "$.connections[*].holder"))
					.containsExactly(Thread.currentThread().getName(), Thread.currentThread().getName());
			}
			waiting.join();
		}
	}

	@Test
	void poolMayBeNamedAsItsBean() throws Exception {
		try (RequestsApp app = start("spring.datasource.hikari.pool-name=dataSource")) {
			awaitFullPool(app);
			assertThat(JsonPath.<String>read(app.get(ROOT).body(), "$.pools.dataSource.pool")).isEqualTo("dataSource");
		}
	}

	@Test
	void namesOfThreadsAndHostsAreHidden() throws Exception {
		try (RequestsApp app = start()) {
			awaitFullPool(app);
			HikariDataSource pool = app.bean(HikariDataSource.class);
			try (Connection held = pool.getConnection()) {
				assertThat(held.isClosed()).isFalse();
				String told = app.get(ROOT).body();
				assertThat(JsonPath.<String>read(told, "$.pools.dataSource.server.address")).isEqualTo("******");
				assertThat(JsonPath.<List<String>>read(told, "$.pools.dataSource.connections[*].holder"))
					.containsExactly("******");
				assertThat(told).doesNotContain(Thread.currentThread().getName() + "\"");
			}
		}
	}

	@Test
	@Tag("slow")
	void frozenServerIsToldWithoutWaitingForIt() throws Exception {
		try (TestServer own = TestServer.start();
				RequestsApp app = RequestsApp.start(own, own.createDatabase(), EXPOSED)) {
			awaitFullPool(app);
			own.freeze();
			try {
				long start = System.nanoTime();
				assertThat(app.get(POOL).statusCode()).isEqualTo(200);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
				Awaitility.await()
					.atMost(Duration.ofSeconds(40))
					.until(() -> verdict(app, "status").equals("UNREACHABLE"));
				assertThat(verdict(app, "sentence")).startsWith("The server has been unreachable for ");
				String since = verdict(app, "since");
				Awaitility.await()
					.during(Duration.ofSeconds(2))
					.atMost(Duration.ofSeconds(10))
					.until(() -> since.equals(verdict(app, "since")));
			}
			finally {
				own.thaw();
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(40))
				.until(() -> !verdict(app, "status").equals("UNREACHABLE"));
		}
	}

	@Test
	void killedConnectionIsToldAndItsEventIsTheLatest() throws Exception {
		try (RequestsApp app = start()) {
			awaitFullPool(app);
			this.server.execute("KILL " + serverConnectionIds(app).iterator().next());
			Awaitility.await().until(() -> verdict(app, "status").equals("LOSING"));
			Awaitility.await().until(() -> JsonPath.read(app.get(POOL).body(), "$.lastLoss.cause").equals("KILLED"));
			assertThat(verdict(app, "sentence"))
				.startsWith("1 connection died in the last 10 min: somebody killed the session");
			String events = app.get(POOL + "/events").body();
			List<String> moments = JsonPath.read(events, "$.events[*].at");
			assertThat(moments.stream().map(Instant::parse)).isSortedAccordingTo(Comparator.reverseOrder());
			assertThat(eventsOf(app, "lost")).singleElement()
				.satisfies((event) -> assertThat(event).containsEntry("type", "ConnectionLost")
					.containsEntry("cause", "LOST")
					.containsOnlyKeys("type", "at", "connection", "cause", "description", "quiet", "age"));
			assertThat(eventsOf(app, "killed")).singleElement()
				.satisfies((event) -> assertThat(event).containsEntry("type", "LossExplained")
					.containsEntry("cause", "KILLED")
					.containsOnlyKeys("type", "at", "connection", "cause", "description"));
		}
	}

	@Test
	void whatIsNotThereIsNotFound() throws Exception {
		try (RequestsApp app = start(UNRESTRICTED)) {
			assertThat(app.get(ROOT + "/other").statusCode()).isEqualTo(404);
			assertThat(app.get(ROOT + "/other/events").statusCode()).isEqualTo(404);
			assertThat(app.get(POOL + "/other").statusCode()).isEqualTo(404);
			assertThat(app.post(ROOT + "/other", "{\"action\":\"ping\"}").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void unknownCauseIsRefusedWithThoseThereAre() throws Exception {
		try (RequestsApp app = start()) {
			HttpResponse<String> refused = app.get(POOL + "/events?cause=boredom");
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(refused.body()).contains("'cause' has to be one of ", "SERVER_IDLE_TIMEOUT");
		}
	}

	@Test
	void endpointIsNotExposedUnlessAskedFor() throws Exception {
		try (RequestsApp app = RequestsApp.start(this.server, this.server.createDatabase())) {
			assertThat(app.get(ROOT).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void nothingIsDoneWithoutAccess() throws Exception {
		try (RequestsApp app = start()) {
			awaitFullPool(app);
			Set<Integer> ids = serverConnectionIds(app);
			assertThat(app.post(POOL, "{\"action\":\"replace\"}").statusCode()).isEqualTo(405);
			assertThat(serverConnectionIds(app)).isEqualTo(ids);
		}
	}

	@Test
	void actionsSayWhatTheyBegin() throws Exception {
		try (RequestsApp app = start(UNRESTRICTED, "spring.datasource.hikari.maximum-pool-size=3")) {
			awaitFullPool(app);
			List<String> before = lastPing(app);
			assertThat(begun(app, "ping")).isEqualTo("3 idle connections are pinged");
			Awaitility.await().until(() -> !lastPing(app).equals(before));
			assertThat(begun(app, "forget-limit")).isEqualTo("nothing: no limit was learned");
			Set<Integer> ids = serverConnectionIds(app);
			assertThat(begun(app, "replace"))
				.isEqualTo("3 connections are replaced, those in use when they are given back");
			Awaitility.await()
				.untilAsserted(() -> assertThat(serverConnectionIds(app)).hasSize(3).doesNotContainAnyElementsOf(ids));
			HttpResponse<String> refused = app.post(POOL, "{\"action\":\"dance\"}");
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(refused.body()).contains("'action' has to be one of ping, replace, forget-limit");
		}
	}

	@Test
	void noCredentialsAndNoPartOfTheUrlButItsHostIsTold() throws Exception {
		try (RequestsApp app = start(SHOWN)) {
			awaitFullPool(app);
			assertThat(app.get(POOL).body()).contains(this.server.host() + ":" + this.server.port());
			for (String path : List.of(ROOT, POOL + "/connections", POOL + "/events")) {
				assertThat(app.get(path).body()).doesNotContain(this.server.password())
					.doesNotContain("\"" + this.server.username() + "\"")
					.doesNotContain(this.server.username() + "@")
					.doesNotContainIgnoringCase("jdbc:")
					.doesNotContainIgnoringCase("allowPublicKeyRetrieval")
					.doesNotContainIgnoringCase("sslMode");
			}
		}
	}

	@Test
	void jmxTellsTheSame() throws Exception {
		try (RequestsApp app = start("spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=connectionguard")) {
			awaitFullPool(app);
			MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
			ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Connectionguard");
			String[] none = {};
			assertThat(beans.invoke(name, "pools", none, none)).asString().contains("verdict=", "HEALTHY");
			Object[] arguments = new Object[3];
			arguments[0] = "dataSource";
			arguments[1] = "events";
			String[] types = { "java.lang.String", "java.lang.String", "java.lang.String" };
			Object events = beans.invoke(name, "section", arguments, types);
			assertThat(events).asString().contains("ConnectionOpened");
			assertThat(beans.getMBeanInfo(name).getOperations()).hasSize(3);
		}
	}

	private RequestsApp start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add(EXPOSED);
		return RequestsApp.start(this.server, this.server.createDatabase(), all.toArray(String[]::new));
	}

	private static void awaitFullPool(RequestsApp app) {
		HikariDataSource pool = app.bean(HikariDataSource.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> pool.getHikariPoolMXBean() != null
					&& pool.getHikariPoolMXBean().getIdleConnections() == pool.getMaximumPoolSize()
					&& serverConnectionIds(app).size() == pool.getMaximumPoolSize());
	}

	private static void borrowAndReturn(HikariDataSource pool) {
		try (Connection connection = pool.getConnection()) {
			assertThat(connection.isClosed()).isFalse();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static double borrows(RequestsApp app) {
		return app.bean(MeterRegistry.class).get("hikaricp.connections.acquire").timer().count();
	}

	private static Set<Integer> serverConnectionIds(RequestsApp app) throws IOException, InterruptedException {
		return JsonPath
			.<List<Integer>>read(app.get(POOL + "/connections").body(), "$.connections[*].serverConnectionId")
			.stream()
			.collect(Collectors.toSet());
	}

	private static String verdict(RequestsApp app, String field) throws IOException, InterruptedException {
		return JsonPath.read(app.get(POOL).body(), "$.verdict." + field);
	}

	private static List<Map<String, String>> eventsOf(RequestsApp app, String cause)
			throws IOException, InterruptedException {
		return JsonPath.read(app.get(POOL + "/events?cause=" + cause).body(), "$.events");
	}

	/**
	 * Return the moment of the last ping, if there was any.
	 */
	private static List<String> lastPing(RequestsApp app) throws IOException, InterruptedException {
		return JsonPath.read(app.get(POOL).body(), "$..lastPing.at");
	}

	private static String begun(RequestsApp app, String action) throws IOException, InterruptedException {
		HttpResponse<String> response = app.post(POOL, "{\"action\":\"" + action + "\"}");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<String>read(response.body(), "$.action")).isEqualTo(action);
		return JsonPath.read(response.body(), "$.begun");
	}

}
