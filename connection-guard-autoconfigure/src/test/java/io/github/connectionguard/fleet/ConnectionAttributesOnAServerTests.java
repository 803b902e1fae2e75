package io.github.connectionguard.fleet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.mysql.DriverUnderTest;
import io.github.connectionguard.report.ServerReport;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a server knows of whom sessions are for.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class ConnectionAttributesOnAServerTests {

	private static final String ENABLED = "connection-guard.connection-attributes.enabled=true";

	private static TestServer server;

	@BeforeAll
	static void startServer() throws SQLException {
		server = TestServer.start("--performance-schema=ON");
		server.execute("CREATE USER plain IDENTIFIED BY 'plain'");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@ParameterizedTest
	@EnumSource
	void serverKnowsApplicationInstanceAndPoolIfAskedFor(DriverUnderTest driver) {
		runner(driver, "&connectionAttributes=team:checkout")
			.withPropertyValues(ENABLED, "spring.application.name=shop front",
					"connection-guard.connection-attributes.instance=blue-1")
			.run((context) -> assertThat(attributes(context)).containsEntry("program_name", "shop_front")
				.containsEntry("instance", "blue-1")
				.containsEntry("pool", "orders")
				.containsEntry("team", "checkout"));
	}

	@ParameterizedTest
	@EnumSource
	void serverKnowsThemFromThePropertyToo(DriverUnderTest driver) {
		runner(driver, "")
			.withPropertyValues(ENABLED, "spring.application.name=shop",
					"spring.datasource.hikari.data-source-properties.connectionAttributes=team:checkout,pool:mine")
			.run((context) -> {
				Map<String, String> attributes = attributes(context);
				assertThat(attributes).containsEntry("program_name", "shop")
					.containsEntry("pool", "mine")
					.containsEntry("team", "checkout");
				assertThat(attributes.get("instance")).endsWith(String.valueOf(ProcessHandle.current().pid()));
			});
	}

	@ParameterizedTest
	@EnumSource
	void serverKnowsNothingOfThemOtherwise(DriverUnderTest driver) {
		runner(driver, "&connectionAttributes=team:checkout").withPropertyValues("spring.application.name=shop")
			.run((context) -> assertThat(attributes(context)).containsEntry("team", "checkout")
				.doesNotContainKeys("program_name", "instance", "pool"));
	}

	@Test
	void instancesAreCountedByTheirNamesWithoutAPrivilege() {
		runner(DriverUnderTest.CONNECTOR_J, "")
			.withPropertyValues(ENABLED, "spring.application.name=shop", "spring.datasource.username=plain",
					"spring.datasource.password=plain", "connection-guard.connection-attributes.instance=a")
			.run((first) -> {
				GuardedApplication.openPool(first);
				runner(DriverUnderTest.CONNECTOR_J, "")
					.withPropertyValues(ENABLED, "spring.application.name=shop", "spring.datasource.username=plain",
							"spring.datasource.password=plain", "connection-guard.connection-attributes.instance=b")
					.run((second) -> {
						GuardedPool pool = GuardedApplication.openPool(second);
						Awaitility.await().until(() -> pool.server().load() != null);
						ServerReport.Load load = Objects.requireNonNull(pool.server().load());
						assertThat(load.sessions()).extracting(ServerReport.Sessions::instances).isEqualTo(2);
					});
			});
	}

	@Test
	void poolThatDoesNotConnectByAUrlIsTold(CapturedOutput output) {
		GuardedApplication.on(server, "")
			.withPropertyValues(ENABLED)
			.withBean("reports", HikariDataSource.class, () -> {
				HikariDataSource pool = new HikariDataSource();
				pool.setPoolName("reports");
				pool.setDataSourceClassName("com.mysql.cj.jdbc.MysqlDataSource");
				pool.addDataSourceProperty("url", server.jdbcUrl(""));
				pool.setUsername(server.username());
				pool.setPassword(server.password());
				return pool;
			})
			.run((context) -> {
				GuardedApplication.openPool(context);
				assertThat(output)
					.containsOnlyOnce("connection-guard.connection-attributes.enabled has no effect, since ");
			});
	}

	private static ApplicationContextRunner runner(DriverUnderTest driver, String parameters) {
		return GuardedApplication.on(server, "")
			.withPropertyValues("spring.datasource.hikari.pool-name=orders",
					"spring.datasource.hikari.maximum-pool-size=1",
					"spring.datasource.url=" + driver.url(server.host(), server.port(), "") + parameters);
	}

	private static Map<String, String> attributes(ApplicationContext context) throws SQLException {
		GuardedPool pool = GuardedApplication.openPool(context);
		PhysicalConnection connection = pool.ledger().connections().iterator().next();
		long id = Objects.requireNonNull(connection.facts()).connectionId();
		Map<String, String> attributes = new TreeMap<>();
		try (Connection asking = server.connect("");
				Statement statement = asking.createStatement();
				ResultSet rows = statement.executeQuery("SELECT ATTR_NAME, ATTR_VALUE FROM "
						+ "performance_schema.session_connect_attrs WHERE PROCESSLIST_ID = " + id)) {
			while (rows.next()) {
				attributes.put(rows.getString(1), rows.getString(2));
			}
		}
		return attributes;
	}

}
