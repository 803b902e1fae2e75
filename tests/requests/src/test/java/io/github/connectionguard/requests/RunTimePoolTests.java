package io.github.connectionguard.requests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pools that an application makes while it runs.
 */
class RunTimePoolTests {

	private static final String ENDPOINT = "/actuator/connectionguard";

	private final TestServer server = TestServer.shared();

	@Test
	void poolSurvivesAKillOfAllItsSessionsAndIsToldOfWhileItIsOpen() throws Exception {
		String tenant = this.server.createDatabase();
		try (RequestsApp app = RequestsApp.startWith(Tenants.class, this.server, this.server.createDatabase(),
				"management.endpoints.web.exposure.include=connectionguard,health,prometheus",
				"management.endpoint.health.show-components=always")) {
			assertThat(names(app)).doesNotContain(tenant);
			HikariDataSource pool = app.bean(Tenants.class).poolOf(tenant);
			int size = pool.getMaximumPoolSize();
			Awaitility.await().until(() -> this.server.sessions(tenant).size() == size);
			this.server.killSessions(tenant);
			assertThat(databasesOfAll(pool, size)).hasSize(size).containsOnly(tenant);
			Awaitility.await().until(() -> app.get(ENDPOINT + "/" + tenant).body().contains("lastLoss"));
			assertThat(JsonPath.<Boolean>read(app.get(ENDPOINT + "/" + tenant).body(), "$.guarded")).isTrue();
			assertThat(names(app)).contains(tenant);
			assertThat(health(app)).containsKey(tenant);
			Awaitility.await().untilAsserted(() -> assertThat(meters(app)).contains(quoted(tenant)));
			app.bean(Tenants.class).leave(tenant);
			Awaitility.await().untilAsserted(() -> assertThat(names(app)).doesNotContain(tenant));
			assertThat(health(app)).doesNotContainKey(tenant);
			Awaitility.await().untilAsserted(() -> assertThat(meters(app)).doesNotContain(quoted(tenant)));
		}
	}

	@Test
	void documentShowsTheRegistry() throws IOException {
		String source = Files.readString(Path.of("src/test/java/io/github/connectionguard/requests/Tenants.java"));
		String document = Files.readString(Path.of("../../docs/pools.md"));
		String registry = document.substring(document.indexOf("class Tenants"));
		assertThat(oneLine(source)).endsWith(oneLine(registry.substring(0, registry.indexOf("```"))));
	}

	private static String oneLine(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

	/**
	 * Borrow all connections of a pool at a time, and ask on each where it leads.
	 */
	private static List<String> databasesOfAll(HikariDataSource pool, int size) throws SQLException {
		List<Connection> borrowed = new ArrayList<>();
		List<String> databases = new ArrayList<>();
		try {
			for (int i = 0; i < size; i++) {
				Connection connection = pool.getConnection();
				borrowed.add(connection);
				try (Statement statement = connection.createStatement();
						ResultSet result = statement.executeQuery("SELECT DATABASE()")) {
					result.next();
					databases.add(result.getString(1));
				}
			}
		}
		finally {
			for (Connection connection : borrowed) {
				connection.close();
			}
		}
		return databases;
	}

	private static Iterable<String> names(RequestsApp app) throws Exception {
		return JsonPath.<Map<String, Object>>read(app.get(ENDPOINT).body(), "$.pools").keySet();
	}

	private static Map<String, Object> health(RequestsApp app) throws Exception {
		return JsonPath.read(app.get("/actuator/health").body(), "$.components.connectionGuard.components");
	}

	private static String meters(RequestsApp app) throws Exception {
		return app.get("/actuator/prometheus").body();
	}

	private static String quoted(String name) {
		return "\"" + name + "\"";
	}

}
