package io.github.connectionguard.datasource;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.hikari.StartedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.IsolationLevelDataSourceAdapter;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.UserCredentialsDataSourceAdapter;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pools that are no beans, but inside of beans.
 */
@ExtendWith(OutputCaptureExtension.class)
class PoolsInsideTests {

	private final TestServer server = TestServer.shared();

	private final ApplicationContextRunner runner = GuardedApplication.on(this.server, this.server.createDatabase())
		.withPropertyValues("connection-guard.eager=false");

	@Test
	void poolsAreGuardedWhereverABeanHoldsThem() {
		this.runner.withUserConfiguration(Places.class, Making.class).run((context) -> {
			context.getBean("product");
			assertThat(names(context)).containsExactlyInAnyOrder("routing.known", "routing", "map.a", "map.b", "list.0",
					"list.1", "readers", "readers.readOnly", "own.a", "holder.a.0", "holder.current", "product.a",
					"proxy", "jdbc.dataSource", "made", "unwrapped", "isolation", "credentials", "aware", "lazy");
		});
	}

	@Test
	void poolsThatAreAddedLaterAreGuardedAndLeftToWhoeverUsesThem() {
		this.runner.withPropertyValues("connection-guard.eager=true")
			.withUserConfiguration(Growing.class)
			.run((context) -> {
				HikariDataSource unready = new HikariDataSource();
				HikariDataSource listed = pool(context);
				Own held = context.getBean(Own.class);
				held.add("unready", unready);
				held.add("added", pool(context));
				listed(context).add(listed);
				context.getBean(Router.class).lead(Map.of("known", pool(context)), pool(context));
				awaitPools(context, "held.added", "listed.0", "routing.known", "routing");
				unready.setJdbcUrl(pool(context).getJdbcUrl());
				awaitPools(context, "held.added", "held.unready", "listed.0", "routing.known", "routing");
				assertThat(context.getBean(GuardedPools.class).pools()).noneMatch(GuardedPool::isStarted);
				listed.close();
				awaitPools(context, "held.added", "held.unready", "routing.known", "routing");
			});
	}

	@Test
	void poolThatWasStartedBeforeItIsMetIsTuned(CapturedOutput output) {
		this.runner.withUserConfiguration(Growing.class).run((context) -> {
			HikariConfig config = new HikariConfig();
			pool(context).copyStateTo(config);
			config.setPoolName("tenant");
			config.setMaximumPoolSize(1);
			config.setConnectionInitSql("SET SESSION wait_timeout = 60");
			try (HikariDataSource started = new HikariDataSource(config); Connection all = started.getConnection()) {
				Own held = context.getBean(Own.class);
				held.add("started", started);
				Awaitility.await().untilAsserted(() -> assertThat(output).contains("tenant - This pool was running"));
				assertThat(started.getMaxLifetime()).isEqualTo(54_000);
				assertThat(all.isValid(1)).isTrue();
				held.add("later", pool(context));
				awaitPools(context, "held.later");
				assertThat(context.getBean(GuardedPools.class).startedPools()).extracting(StartedPool::beanName)
					.containsExactly("held.started");
				assertThat(output).containsOnlyOnce("tenant - This pool was running");
			}
		});
	}

	@Test
	void dataSourceWithoutAPoolIsToldOnce(CapturedOutput output) {
		this.runner.withBean("plain", DataSource.class, SimpleDriverDataSource::new)
			.withUserConfiguration(Growing.class)
			.run((context) -> {
				Awaitility.await().untilAsserted(() -> assertThat(output).contains("in the data source 'held' ("));
				context.getBean(Own.class).add("added", pool(context));
				awaitPools(context, "held.added");
				assertThat(output)
					.containsOnlyOnce("in the data source 'plain' (" + SimpleDriverDataSource.class.getName() + ")")
					.containsOnlyOnce("in the data source 'held'");
			});
	}

	@Test
	void poolThatLeadsNobodyKnowsWhereIsToldOnce(CapturedOutput output) {
		this.runner.withUserConfiguration(Doubtful.class).run((context) -> {
			assertThat(names(context)).containsExactly("told");
			assertThat(output)
				.containsOnlyOnce("untold - The pool is not guarded: its data source, a " + Own.class.getName());
		});
	}

	private static void awaitPools(ApplicationContext context, String... names) {
		Awaitility.await().untilAsserted(() -> assertThat(names(context)).containsExactlyInAnyOrder(names));
	}

	private static List<String> names(ApplicationContext context) {
		return context.getBean(GuardedPools.class).pools().stream().map(GuardedPool::beanName).toList();
	}

	@SuppressWarnings("unchecked")
	private static List<DataSource> listed(ApplicationContext context) {
		return (List<DataSource>) context.getBean("listed");
	}

	private static HikariDataSource pool(ApplicationContext context) {
		return GuardedApplication.newPool(context.getEnvironment());
	}

	private static HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:mysql://127.0.0.1:1/unused");
		return pool;
	}

	@Configuration(proxyBeanMethods = false)
	static class Places {

		@Bean
		DataSource routing() {
			Router router = new Router();
			router.lead(Map.of("known", pool()), pool());
			return router;
		}

		@Bean
		Map<String, DataSource> map() {
			return Map.of("a", pool(), "b", pool());
		}

		@Bean
		List<HikariDataSource> list() {
			return List.of(pool(), pool());
		}

		@Bean
		DataSource readers() {
			LazyConnectionDataSourceProxy readers = new LazyConnectionDataSourceProxy(pool());
			readers.setReadOnlyDataSource(pool());
			return readers;
		}

		@Bean
		DataSource own() {
			Own own = new Own();
			own.add("a", pool());
			return own;
		}

		@Bean
		Holder holder() {
			return new Holder(Map.of("a", List.of(pool())), new AtomicReference<>(pool()));
		}

		@Bean
		FactoryBean<Map<?, ?>> product() {
			Map<String, DataSource> product = Map.of("a", pool());
			return new FactoryBean<>() {

				@Override
				public Map<?, ?> getObject() {
					return product;
				}

				@Override
				public Class<?> getObjectType() {
					return Map.class;
				}

			};
		}

		@Bean
		DataSource proxy() {
			return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { DataSource.class },
					new Forwarding(pool()));
		}

		@Bean
		JdbcTemplate jdbc() {
			return new JdbcTemplate(pool());
		}

		@Bean
		DataSource unwrapped() {
			return new Hiding(pool());
		}

		@Bean
		DataSource isolation() {
			return over(new IsolationLevelDataSourceAdapter());
		}

		@Bean
		DataSource credentials() {
			return over(new UserCredentialsDataSourceAdapter());
		}

		@Bean
		DataSource aware() {
			return over(new TransactionAwareDataSourceProxy());
		}

		@Bean
		DataSource lazy() {
			return new LazyConnectionDataSourceProxy(over(new DelegatingDataSource()));
		}

		private static DataSource over(DelegatingDataSource delegating) {
			delegating.setTargetDataSource(pool());
			return delegating;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Making {

		private final HikariDataSource pool = pool();

		@Bean
		DataSource made() {
			return this.pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Growing {

		@Bean
		Own held() {
			return new Own();
		}

		@Bean
		List<DataSource> listed() {
			return new CopyOnWriteArrayList<>();
		}

		@Bean
		Router routing() {
			Router router = new Router();
			router.lead(Map.of(), null);
			return router;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Doubtful {

		@Bean
		HikariDataSource untold() {
			HikariDataSource pool = new HikariDataSource();
			pool.setDataSource(new Own());
			return pool;
		}

		@Bean
		HikariDataSource told() {
			HikariDataSource pool = pool();
			pool.setDataSource(new Own());
			return pool;
		}

	}

	/**
	 * A data source that chooses among pools of its own.
	 */
	static class Own extends AbstractDataSource {

		private final Map<String, DataSource> pools = new ConcurrentHashMap<>();

		void add(String name, DataSource pool) {
			this.pools.put(name, pool);
		}

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("Nobody should ask");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

	/**
	 * A data source that shows its pool to nobody who does not ask.
	 */
	static final class Hiding extends Own {

		private final Object pool;

		Hiding(Object pool) {
			this.pool = pool;
		}

		@Override
		public <T> T unwrap(Class<T> type) {
			return type.cast(this.pool);
		}

		@Override
		public boolean isWrapperFor(Class<?> type) {
			return type.isInstance(this.pool);
		}

	}

	static final class Router extends AbstractRoutingDataSource {

		void lead(Map<Object, Object> targets, @Nullable DataSource otherwise) {
			setTargetDataSources(targets);
			if (otherwise != null) {
				setDefaultTargetDataSource(otherwise);
			}
			afterPropertiesSet();
		}

		@Override
		protected Object determineCurrentLookupKey() {
			throw new IllegalStateException("Nobody should ask");
		}

	}

	/**
	 * What is no data source, but has some.
	 */
	record Holder(Map<String, List<HikariDataSource>> pools, AtomicReference<HikariDataSource> current) {

	}

	record Forwarding(DataSource target) implements InvocationHandler {

		@Override
		public Object invoke(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
			return method.invoke(this.target, arguments);
		}

	}

}
