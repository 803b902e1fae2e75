package io.github.connectionguard.drivers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.p6spy.engine.spy.P6DataSource;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.testsupport.TestServer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with what stands around drivers and pools: other drivers, other data sources.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class WrapperTests {

	private static final int POOL = 2;

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@ParameterizedTest
	@CsvSource({ "p6spy:mysql, com.p6spy.engine.spy.P6SpyDriver", "p6spy:mariadb, com.p6spy.engine.spy.P6SpyDriver",
			"otel:mysql, io.opentelemetry.instrumentation.jdbc.OpenTelemetryDriver",
			"aws-wrapper:mysql, software.amazon.jdbc.Driver" })
	void connectionsOfAWrappingDriverAreLookedAtWhenTheyAreLent(String scheme, String driver, CapturedOutput output)
			throws SQLException {
		try (ConfigurableApplicationContext application = start((context) -> {
		}, "--spring.datasource.url=" + url(scheme), "--spring.datasource.driver-class-name=" + driver)) {
			GuardedPool pool = application.getBean(GuardedPools.class).pools().iterator().next();
			Awaitility.await().until(() -> pool.snapshot().idle() == POOL && pool.ledger().knowsBoundaries());
			assertThat(pool.ledger().connections()).hasSize(POOL)
				.allMatch(PhysicalConnection::isPingable)
				.noneMatch((connection) -> connection.wire().isBlind());
			killAll(pool);
			borrowAll(application.getBean(DataSource.class));
			assertThat(output).doesNotContain("Connections are not looked at");
		}
	}

	@Test
	void connectionsThatAWrappingDriverMayExchangeAreOnlyPinged(CapturedOutput output) {
		try (ConfigurableApplicationContext application = start((context) -> {
		}, "--spring.datasource.url=" + url("aws-wrapper:mysql"),
				"--spring.datasource.driver-class-name=software.amazon.jdbc.Driver",
				"--spring.datasource.hikari.data-source-properties.wrapperPlugins=readWriteSplitting")) {
			GuardedPool pool = application.getBean(GuardedPools.class).pools().iterator().next();
			Awaitility.await().until(() -> pool.plan() != null);
			assertThat(pool.ledger().connections()).allMatch((connection) -> connection.wire().isBlind());
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(output).contains("Connections are not looked at when they are lent, since "
								+ "the driver's property wrapperPlugins is set"));
		}
	}

	@Test
	void poolsBehindDataSourcesOfObserversAreGuarded() {
		try (ConfigurableApplicationContext application = start((context) -> {
			context.registerBean("proxied", DataSource.class, () -> new ProxyDataSource(unusedPool()));
			context.registerBean("spied", DataSource.class, () -> new P6DataSource(unusedPool()));
			context.registerBean("traced", DataSource.class,
					() -> JdbcTelemetry.create(OpenTelemetry.noop()).wrap(unusedPool()));
			context.registerBean("above", HikariDataSource.class, () -> {
				HikariDataSource pool = new HikariDataSource();
				pool.setDataSource(new P6DataSource(new MysqlDataSource()));
				return pool;
			});
		}, "--connection-guard.eager=false")) {
			assertThat(application.getBean(GuardedPools.class).pools()).extracting(GuardedPool::beanName)
				.containsExactlyInAnyOrder("proxied", "spied", "traced", "above");
		}
	}

	@Test
	void poolBehindTheProxyOfAnObserverIsGuarded() throws SQLException {
		try (ConfigurableApplicationContext application = start((context) -> {
		}, "--spring.datasource.url=" + url("mysql"), "--jdbc.datasource-proxy.enabled=true")) {
			DataSource observed = application.getBean(DataSource.class);
			assertThat(observed).isNotInstanceOf(HikariDataSource.class);
			assertThat(application.getBean(GuardedPools.class).pools()).extracting(GuardedPool::beanName)
				.containsExactly("dataSource");
			borrowAll(observed);
		}
	}

	private ConfigurableApplicationContext start(ApplicationContextInitializer<GenericApplicationContext> beans,
			String... arguments) {
		List<String> all = new ArrayList<>(
				List.of("--spring.main.banner-mode=off", "--spring.datasource.username=" + this.server.username(),
						"--spring.datasource.password=" + this.server.password(),
						"--spring.datasource.hikari.maximum-pool-size=" + POOL));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(Application.class).properties("jdbc.datasource-proxy.enabled=false")
			.initializers(beans)
			.run(all.toArray(String[]::new));
	}

	private String url(String scheme) {
		return "jdbc:%s://%s:%d/%s?%s&allowPublicKeyRetrieval=true".formatted(scheme, this.server.host(),
				this.server.port(), this.database, scheme.endsWith("mysql") ? "sslMode=DISABLED" : "sslMode=disable");
	}

	private static HikariDataSource unusedPool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:mysql://127.0.0.1:1/unused");
		return pool;
	}

	private static void borrowAll(DataSource dataSource) throws SQLException {
		List<Connection> borrowed = new ArrayList<>();
		try {
			for (int i = 0; i < POOL; i++) {
				Connection connection = dataSource.getConnection();
				borrowed.add(connection);
				try (Statement statement = connection.createStatement()) {
					statement.execute("SELECT 1");
				}
			}
		}
		finally {
			for (Connection connection : borrowed) {
				connection.close();
			}
		}
	}

	private void killAll(GuardedPool pool) throws SQLException {
		try (Connection other = this.server.connect(""); Statement statement = other.createStatement()) {
			List<Long> killed = new ArrayList<>();
			for (PhysicalConnection connection : pool.ledger().connections()) {
				if (connection.facts() != null) {
					killed.add(connection.facts().connectionId());
				}
			}
			this.server.kill(killed);
			String left = "SELECT 1 FROM information_schema.processlist WHERE id IN ("
					+ killed.stream().map(String::valueOf).collect(Collectors.joining(",")) + ")";
			Awaitility.await().until(() -> !statement.executeQuery(left).next());
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
