package io.github.connectionguard.autoconfigure;

import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.health.ConnectionGuardHealthAutoConfiguration;
import io.github.connectionguard.autoconfigure.health.DatabaseHealthAutoConfiguration;
import io.github.connectionguard.health.DatabaseHealthIndicator;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseHealthAutoConfiguration}.
 */
class DatabaseHealthAutoConfigurationTests {

	private static final String H2 = "spring.datasource.url=jdbc:h2:mem:health";

	private final TestServer server = TestServer.shared();

	private final ApplicationContextRunner runner = GuardedApplication.on(this.server, this.server.createDatabase())
		.withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, DataSourceHealthContributorAutoConfiguration.class,
				ConnectionGuardHealthAutoConfiguration.class, DatabaseHealthAutoConfiguration.class));

	@Test
	void guardAnswersForItsPoolWithBootsDetails() {
		this.runner.run((context) -> {
			GuardedApplication.openPool(context);
			assertThat(db(context)).isInstanceOf(DatabaseHealthIndicator.class);
			Health health = ((HealthIndicator) context.getBean("dbHealthContributor")).health();
			assertThat(health).isNotNull();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsOnlyKeys("database", "validationQuery")
				.containsEntry("database", "MySQL")
				.containsEntry("validationQuery", "isValid()");
		});
	}

	@Test
	void guardAnswersForAPoolBehindALazyProxy() {
		this.runner.withPropertyValues("spring.datasource.connection-fetch=lazy")
			.run((context) -> assertThat(db(context)).isInstanceOf(DatabaseHealthIndicator.class));
	}

	@Test
	void guardsAnswerCanBeSwitchedOff() {
		this.runner.withPropertyValues("connection-guard.health.replace-db=false").run((context) -> {
			assertThat(db(context)).isInstanceOf(DataSourceHealthIndicator.class);
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("connectionGuard")).isNotNull();
		});
	}

	@Test
	void disabledGuardLeavesBootsIndicator() {
		this.runner.withPropertyValues("connection-guard.enabled=false")
			.run((context) -> assertThat(db(context)).isInstanceOf(DataSourceHealthIndicator.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "report-only", "REPORT_ONLY" })
	void guardThatOnlyReportsLeavesBootsIndicator(String mode) {
		this.runner.withPropertyValues("connection-guard.mode=" + mode).run((context) -> {
			assertThat(db(context)).isInstanceOf(DataSourceHealthIndicator.class);
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("connectionGuard")).isNotNull();
		});
	}

	@Test
	void indicatorThatIsSwitchedOffStaysOff() {
		this.runner.withPropertyValues("management.health.db.enabled=false").run((context) -> {
			assertThat(db(context)).isNull();
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("connectionGuard")).isNotNull();
		});
	}

	@Test
	void contributorOfTheUserWins() {
		HealthIndicator mine = () -> Health.up().build();
		for (String name : new String[] { "dbHealthContributor", "dbHealthIndicator" }) {
			this.runner.withBean(name, HealthIndicator.class, () -> mine)
				.run((context) -> assertThat(db(context)).isSameAs(mine));
		}
	}

	@Test
	void poolToAnotherDatabaseKeepsBootsIndicator() {
		this.runner.withPropertyValues(H2, "spring.datasource.username=sa", "spring.datasource.password=")
			.run((context) -> {
				assertThat(db(context)).isInstanceOf(DataSourceHealthIndicator.class);
				Health health = ((DataSourceHealthIndicator) context.getBean("dbHealthContributor")).health();
				assertThat(health).isNotNull();
				assertThat(health.getDetails()).containsEntry("database", "H2");
			});
	}

	@Test
	void eachOfTwoPoolsHasItsOwnKindOfIndicator() {
		this.runner.withUserConfiguration(TwoPools.class).run((context) -> {
			CompositeHealthContributor db = composite(db(context));
			assertThat(db.stream()).extracting(HealthContributors.Entry::name)
				.containsExactlyInAnyOrder("guarded", "other");
			assertThat(db.getContributor("guarded")).isInstanceOf(DatabaseHealthIndicator.class);
			assertThat(db.getContributor("other")).isInstanceOf(DataSourceHealthIndicator.class);
		});
	}

	@Test
	void targetsOfARoutingDataSourceAreToldOneByOne() {
		this.runner.withUserConfiguration(Routing.class).run((context) -> {
			CompositeHealthContributor db = composite(db(context));
			assertThat(db.stream()).extracting(HealthContributors.Entry::name)
				.containsExactlyInAnyOrder("guarded", "other");
			assertThat(db.getContributor("guarded")).isInstanceOf(DatabaseHealthIndicator.class);
			assertThat(db.getContributor("other")).isInstanceOf(DataSourceHealthIndicator.class);
		});
	}

	@Test
	void routingDataSourceIsLeftOutOnRequest() {
		this.runner.withUserConfiguration(TwoPools.class, Routing.class)
			.withPropertyValues("management.health.db.ignore-routing-data-sources=true")
			.run((context) -> assertThat(composite(db(context)).stream()).extracting(HealthContributors.Entry::name)
				.containsExactlyInAnyOrder("guarded", "other"));
	}

	@Test
	void routingDataSourceStandsBesideOthers() {
		this.runner.withUserConfiguration(TwoPools.class, Routing.class).run((context) -> {
			CompositeHealthContributor db = composite(db(context));
			assertThat(db.stream()).extracting(HealthContributors.Entry::name)
				.containsExactlyInAnyOrder("guarded", "other", "routing");
			assertThat(composite(db.getContributor("routing")).getContributor("guarded"))
				.isInstanceOf(DatabaseHealthIndicator.class);
		});
	}

	private static @Nullable HealthContributor db(ApplicationContext context) {
		return context.getBean(HealthContributorRegistry.class).getContributor("db");
	}

	private static CompositeHealthContributor composite(@Nullable HealthContributor contributor) {
		assertThat(contributor).isInstanceOf(CompositeHealthContributor.class);
		return (CompositeHealthContributor) contributor;
	}

	private static HikariDataSource otherPool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:h2:mem:other");
		return pool;
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoPools {

		@Bean
		HikariDataSource guarded(Environment environment) {
			return GuardedApplication.newPool(environment);
		}

		@Bean
		HikariDataSource other() {
			return otherPool();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		@Bean
		DataSource routing(Environment environment) {
			AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

				@Override
				protected Object determineCurrentLookupKey() {
					throw new IllegalStateException("nobody should ask for health");
				}

			};
			routing
				.setTargetDataSources(Map.of("guarded", GuardedApplication.newPool(environment), "other", otherPool()));
			return routing;
		}

	}

}
