package io.github.connectionguard.autoconfigure;

import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.metrics.ConnectionGuardMetricsAutoConfiguration;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.metrics.GuardMeters;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionGuardMetricsAutoConfiguration}.
 */
class ConnectionGuardMetricsAutoConfigurationTests {

	private final TestServer server = TestServer.shared();

	private final ApplicationContextRunner withoutRegistry = GuardedApplication
		.on(this.server, this.server.createDatabase())
		.withConfiguration(AutoConfigurations.of(ConnectionGuardMetricsAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutRegistry.withConfiguration(
			AutoConfigurations.of(MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, DataSourcePoolMetricsAutoConfiguration.class));

	@Test
	void metersJoinThoseOfHikariAndOfSpringBoot() {
		this.runner.withUserConfiguration(Reports.class).run((context) -> {
			GuardedApplication.openPool(context);
			Awaitility.await()
				.ignoreException(MeterNotFoundException.class) // while they are tagged
																// anew
				.untilAsserted(() -> assertThat(tag(context, "connection.guard.opened", "pool"))
					.isEqualTo(tag(context, "hikaricp.connections", "pool")));
			assertThat(tag(context, "connection.guard.opened", "name"))
				.isEqualTo(tag(context, "jdbc.connections.max", "name"))
				.isEqualTo("reports");
		});
	}

	@Test
	void metersCanBeLeftOut() {
		this.runner.withPropertyValues("management.metrics.enable.connection.guard=false")
			.run((context) -> assertThat(context.getBean(MeterRegistry.class).getMeters())
				.extracting((meter) -> meter.getId().getName())
				.contains("jdbc.connections.max")
				.noneMatch((name) -> name.startsWith("connection.guard.")));
	}

	@Test
	void disabledGuardHasNoMeters() {
		this.runner.withPropertyValues("connection-guard.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GuardMeters.class));
	}

	@Test
	void nothingIsThereWithoutARegistry() {
		this.withoutRegistry.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(GuardedPools.class)
			.doesNotHaveBean(GuardMeters.class));
	}

	@Test
	void nothingIsThereWithoutMicrometer() {
		this.withoutRegistry.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GuardedPools.class)
				.doesNotHaveBean(ConnectionGuardMetricsAutoConfiguration.class));
	}

	private static String tag(ApplicationContext context, String meter, String tag) {
		return Objects.requireNonNull(
				context.getBean(MeterRegistry.class).get(meter).meters().iterator().next().getId().getTag(tag));
	}

	@Configuration(proxyBeanMethods = false)
	static class Reports {

		@Bean
		HikariDataSource reportsDataSource(Environment environment) {
			return GuardedApplication.newPool(environment);
		}

	}

}
