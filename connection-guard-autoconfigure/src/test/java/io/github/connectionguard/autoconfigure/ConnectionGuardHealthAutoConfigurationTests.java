package io.github.connectionguard.autoconfigure;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.health.ConnectionGuardHealthAutoConfiguration;
import io.github.connectionguard.autoconfigure.health.DatabaseHealthAutoConfiguration;
import io.github.connectionguard.health.PoolsHealthContributor;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanDefinition;
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
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionGuardHealthAutoConfiguration}.
 */
class ConnectionGuardHealthAutoConfigurationTests {

	private final TestServer server = TestServer.shared();

	private final ApplicationContextRunner runner = GuardedApplication.on(this.server, this.server.createDatabase())
		.withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, DataSourceHealthContributorAutoConfiguration.class,
				ConnectionGuardHealthAutoConfiguration.class, DatabaseHealthAutoConfiguration.class));

	@Test
	void contributorIsNamedAfterTheGuardAndItsPartsAfterTheBeans() {
		this.runner.run((context) -> {
			assertThat(context.getBean(HealthContributorRegistry.class).stream())
				.extracting(HealthContributors.Entry::name)
				.contains("connectionGuard", "db");
			assertThat(guard(context).stream()).extracting(HealthContributors.Entry::name)
				.containsExactly("dataSource");
			assertThat(guard(context).getContributor("other")).isNull();
		});
	}

	/**
	 * A pool that is down does not hide behind another.
	 */
	@Test
	void eachTargetOfARoutingDataSourceHasAnEntry() {
		this.runner.withBean("routing", DataSource.class, () -> routing(newPool("jdbc:mysql://127.0.0.1:1/down")))
			.run((context) -> {
				assertThat(guard(context).stream()).extracting(HealthContributors.Entry::name)
					.containsExactlyInAnyOrder("routing.up", "routing.down");
				Awaitility.await().untilAsserted(() -> {
					assertThat(health(context, "routing.up").getStatus()).isEqualTo(Status.UP);
					assertThat(health(context, "routing.down").getStatus()).isEqualTo(Status.DOWN);
				});
			});
	}

	@Test
	void eachPoolOfAScopedBeanHasAnEntry() {
		this.runner
			.withBean("dataSource", HikariDataSource.class, () -> newPool("jdbc:mysql://127.0.0.1:1/down"),
					(bean) -> bean.setScope(BeanDefinition.SCOPE_PROTOTYPE))
			.withPropertyValues("management.health.db.enabled=false", "connection-guard.eager=false")
			.run((context) -> {
				try (HikariDataSource first = context.getBean(HikariDataSource.class);
						HikariDataSource second = context.getBean(HikariDataSource.class)) {
					assertThat(first).isNotSameAs(second);
					List<String> names = guard(context).stream().map(HealthContributors.Entry::name).toList();
					assertThat(names).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates().contains("dataSource");
				}
			});
	}

	private DataSource routing(HikariDataSource down) {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return "up";
			}

		};
		routing.setTargetDataSources(Map.of("up", newPool(this.server.jdbcUrl("")), "down", down));
		return routing;
	}

	private HikariDataSource newPool(String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setUsername(this.server.username());
		pool.setPassword(this.server.password());
		pool.setMaximumPoolSize(2);
		pool.setConnectionTimeout(1000);
		return pool;
	}

	@Test
	void poolIsToldInNumbersOnceItIsOpen() {
		this.runner.run((context) -> {
			GuardedApplication.openPool(context);
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("maximum", 10)
				.containsEntry("waiting", 0)
				.containsEntry("leaked", 0L)
				.containsKeys("active", "idle", "total", "idleLimit", "idleLimitSource", "maxLifetime", "keepalive");
		});
	}

	@Test
	void poolNobodyHasOpenedIsUnknown() {
		this.runner.withPropertyValues("connection-guard.eager=false").run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context).getDetails()).containsEntry("total", 0);
		});
	}

	@Test
	void indicatorCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.connection-guard.enabled=false").run((context) -> {
			assertThat(names(context)).contains("db").doesNotContain("connectionGuard");
			assertThat(context).doesNotHaveBean(PoolsHealthContributor.class).hasSingleBean(GuardedPools.class);
		});
	}

	@Test
	void indicatorsThatAreOffUnlessAskedForAreOff() {
		this.runner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(names(context)).doesNotContain("connectionGuard", "db"));
	}

	@Test
	void indicatorThatIsAskedForIsThere() {
		this.runner
			.withPropertyValues("management.health.defaults.enabled=false",
					"management.health.connection-guard.enabled=true")
			.run((context) -> assertThat(names(context)).contains("connectionGuard").doesNotContain("db"));
	}

	@Test
	void contributorOfTheUserWins() {
		HealthIndicator mine = () -> Health.up().build();
		this.runner.withBean("connectionGuardHealthIndicator", HealthIndicator.class, () -> mine).run((context) -> {
			assertThat(context).doesNotHaveBean(PoolsHealthContributor.class);
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("connectionGuard"))
				.isSameAs(mine);
		});
	}

	@Test
	void disabledGuardTellsNothing() {
		this.runner.withPropertyValues("connection-guard.enabled=false")
			.run((context) -> assertThat(names(context)).contains("db").doesNotContain("connectionGuard"));
	}

	@Test
	void nothingIsToldWithoutBootsHealth() {
		GuardedApplication.on(this.server, "")
			.withConfiguration(AutoConfigurations.of(ConnectionGuardHealthAutoConfiguration.class,
					DatabaseHealthAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GuardedPools.class)
				.doesNotHaveBean("connectionGuardHealthContributor")
				.doesNotHaveBean("dbHealthContributor"));
	}

	private static List<String> names(ApplicationContext context) {
		return context.getBean(HealthContributorRegistry.class).stream().map(HealthContributors.Entry::name).toList();
	}

	private static CompositeHealthContributor guard(ApplicationContext context) {
		HealthContributor contributor = context.getBean(HealthContributorRegistry.class)
			.getContributor("connectionGuard");
		assertThat(contributor).isInstanceOf(CompositeHealthContributor.class);
		return (CompositeHealthContributor) contributor;
	}

	private static Health health(ApplicationContext context) {
		return health(context, "dataSource");
	}

	private static Health health(ApplicationContext context, String name) {
		HealthContributor contributor = guard(context).getContributor(name);
		assertThat(contributor).isInstanceOf(HealthIndicator.class);
		Health health = ((HealthIndicator) contributor).health();
		assertThat(health).isNotNull();
		return health;
	}

}
