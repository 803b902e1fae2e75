package io.github.connectionguard.datasource;

import java.sql.Connection;
import java.util.Map;

import javax.sql.DataSource;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.report.Reachability;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which pools are put under guard, and how.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class HikariGuardingTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final ApplicationContextRunner runner = GuardedApplication.on(this.server, this.database);

	@Test
	void beanStaysTheSamePoolAndSaysSo(CapturedOutput output) {
		this.runner.run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			assertThat(context.getBean("dataSource").getClass()).isEqualTo(HikariDataSource.class);
			assertThat(pool.beanName()).isEqualTo("dataSource");
			assertThat(pool.ledger().connections()).isNotEmpty();
			assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
		});
	}

	@Test
	void disabledGuardTouchesNothing() {
		this.runner.withPropertyValues("connection-guard.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(GuardedPools.class);
			assertThat(context.getBean(HikariDataSource.class).getDataSource()).isNull();
		});
	}

	@Test
	void otherDatabasesAreLeftAlone() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DataSourceAutoConfiguration.class, ConnectionGuardAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:test")
			.run((context) -> {
				assertThat(context.getBean(GuardedPools.class).pools()).isEmpty();
				assertThat(context.getBean(HikariDataSource.class).getDataSource()).isNull();
			});
	}

	@Test
	void eachOfTwoPoolsIsGuardedPrimaryOrNot() {
		this.runner.withUserConfiguration(TwoPools.class).run((context) -> {
			assertThat(context.getBean(GuardedPools.class).pools()).extracting(GuardedPool::beanName)
				.containsExactlyInAnyOrder("first", "second");
			awaitPlans(context);
		});
	}

	@Test
	void poolBehindALazyProxyIsGuarded() {
		this.runner.withPropertyValues("spring.datasource.connection-fetch=lazy").run((context) -> {
			DataSource proxy = context.getBean(DataSource.class);
			assertThat(proxy).isNotInstanceOf(HikariDataSource.class);
			assertThat(ConnectionOrigin.current(proxy, context.getBean(GuardedPools.class))).isNotNull();
			awaitPlans(context);
		});
	}

	@Test
	void poolsBehindARoutingDataSourceAreGuarded() {
		this.runner.withUserConfiguration(Routing.class).run((context) -> {
			assertThat(context.getBean(GuardedPools.class).pools()).hasSize(2);
			awaitPlans(context);
		});
	}

	@Test
	void productOfAFactoryBeanIsGuarded() {
		this.runner.withUserConfiguration(Factory.class).run((context) -> {
			context.getBean(DataSource.class);
			assertThat(context.getBean(GuardedPools.class).pools()).hasSize(1);
			awaitPlans(context);
		});
	}

	@Test
	void dataSourceObjectUnderThePoolStaysThere() {
		this.runner.withUserConfiguration(WithDataSource.class).run((context) -> {
			awaitPlans(context);
			assertThat(context.getBean(HikariDataSource.class).unwrap(MysqlDataSource.class)).isNotNull();
		});
	}

	@Test
	void dataSourceClassUnderThePoolIsBuiltAsHikariWould(CapturedOutput output) {
		this.runner.withUserConfiguration(WithDataSourceClass.class).run((context) -> {
			awaitPlans(context);
			assertThat(context.getBean(HikariDataSource.class).unwrap(MysqlDataSource.class)).isNotNull();
			assertThat(output).doesNotContain("WARN");
		});
	}

	@Test
	void runningPoolGetsItsTimersAndIsToldWhatItMisses(CapturedOutput output) {
		this.runner.withUserConfiguration(Running.class).run((context) -> {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			Awaitility.await().untilAsserted(() -> assertThat(pool.getMaxLifetime()).isEqualTo(54_000));
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).contains("was running before it could be put under guard",
						"HikariDataSource pool = new HikariDataSource();", "config.copyStateTo(pool);"));
			assertThat(context.getBean(GuardedPools.class).pools()).isEmpty();
			assertThat(context.getBean(GuardedPools.class).startedPools()).hasSize(1);
		});
	}

	@Test
	void mariaDbsDriverIsGuarded() {
		this.runner
			.withPropertyValues("spring.datasource.url=jdbc:mariadb://127.0.0.1:" + this.server.port() + "/"
					+ this.database + "?sessionVariables=wait_timeout=60&allowPublicKeyRetrieval=true")
			.run((context) -> {
				awaitPlans(context);
				assertThat(context.getBean(HikariDataSource.class).getMaxLifetime()).isEqualTo(54_000);
				assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class)).isOne();
			});
	}

	@Test
	void wrongUrlFailsAsWithoutTheGuardAndStopsNothing() {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:mysql://127.0.0.1:notaport/x").run((context) -> {
			assertThat(context).hasNotFailed();
			Awaitility.await()
				.until(() -> GuardedApplication.pool(context)
					.server()
					.reachability()
					.status() == Reachability.Status.UNREACHABLE);
		});
	}

	@Test
	void guardThreadsEndWithTheContext() {
		this.runner.run(GuardedApplication::openPool);
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().startsWith("connection-guard")));
	}

	private static void awaitPlans(ApplicationContext context) {
		Awaitility.await()
			.until(() -> context.getBean(GuardedPools.class)
				.pools()
				.stream()
				.allMatch((pool) -> pool.plan() != null && pool.isStarted()));
	}

	private static MysqlDataSource driver(Environment environment) {
		MysqlDataSource driver = new MysqlDataSource();
		driver.setUrl(environment.getRequiredProperty("spring.datasource.url"));
		driver.setUser(environment.getRequiredProperty("spring.datasource.username"));
		driver.setPassword(environment.getRequiredProperty("spring.datasource.password"));
		return driver;
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoPools {

		@Bean
		DataSource first(Environment environment) {
			return GuardedApplication.newPool(environment);
		}

		@Bean
		HikariDataSource second(Environment environment) {
			return GuardedApplication.newPool(environment);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		@Bean
		DataSource routing(Environment environment) {
			AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

				@Override
				protected Object determineCurrentLookupKey() {
					throw new IllegalStateException("nobody should ask at start");
				}

			};
			routing.setTargetDataSources(
					Map.of("a", GuardedApplication.newPool(environment), "b", GuardedApplication.newPool(environment)));
			return routing;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Factory {

		@Bean
		FactoryBean<HikariDataSource> dataSource(Environment environment) {
			HikariDataSource product = GuardedApplication.newPool(environment);
			return new FactoryBean<>() {

				@Override
				public HikariDataSource getObject() {
					return product;
				}

				@Override
				public Class<?> getObjectType() {
					return HikariDataSource.class;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithDataSource {

		@Bean
		HikariDataSource dataSource(Environment environment) {
			HikariDataSource pool = new HikariDataSource();
			pool.setDataSource(driver(environment));
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithDataSourceClass {

		@Bean
		HikariDataSource dataSource(Environment environment) {
			HikariDataSource pool = new HikariDataSource();
			pool.setDataSourceClassName(MysqlDataSource.class.getName());
			pool.addDataSourceProperty("url", environment.getRequiredProperty("spring.datasource.url"));
			pool.setUsername(environment.getRequiredProperty("spring.datasource.username"));
			pool.setPassword(environment.getRequiredProperty("spring.datasource.password"));
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Running {

		@Bean
		HikariDataSource dataSource(Environment environment) throws Exception {
			HikariConfig config = new HikariConfig();
			config.setDataSource(driver(environment));
			config.setConnectionInitSql("SET SESSION wait_timeout = 60");
			HikariDataSource pool = new HikariDataSource(config);
			try (Connection connection = pool.getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
			}
			return pool;
		}

	}

}
