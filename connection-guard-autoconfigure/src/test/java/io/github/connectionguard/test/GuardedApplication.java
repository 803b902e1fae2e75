package io.github.connectionguard.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.PoolCare;
import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.session.SessionScopeAutoConfiguration;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application with one pool to a test server.
 */
public final class GuardedApplication {

	private GuardedApplication() {
	}

	/**
	 * Return a runner whose pool leads to a database of the server.
	 * @param server the server
	 * @param database the database
	 * @param urlParameters more parameters of the JDBC URL, such as
	 * {@code sessionVariables=wait_timeout=5}
	 * @return the runner
	 */
	public static ApplicationContextRunner on(TestServer server, String database, String... urlParameters) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, ConnectionGuardAutoConfiguration.class,
					SessionScopeAutoConfiguration.class))
			.withPropertyValues(properties(server, database, urlParameters).toArray(String[]::new));
	}

	/**
	 * Start an application without a runner, to have several at a time.
	 * @param server the server
	 * @param database the database
	 * @param properties properties, and parameters of the JDBC URL after a {@code ?}
	 * @return the application
	 */
	public static ConfigurableApplicationContext start(TestServer server, String database, String... properties) {
		Map<String, String> arguments = new LinkedHashMap<>();
		List<String> parameters = new ArrayList<>();
		for (String property : properties) {
			if (property.startsWith("?")) {
				parameters.add(property.substring(1));
			}
			else {
				arguments.put(property.substring(0, property.indexOf('=')), "--" + property);
			}
		}
		properties(server, database, parameters.toArray(String[]::new)).forEach(
				(property) -> arguments.putIfAbsent(property.substring(0, property.indexOf('=')), "--" + property));
		return new SpringApplicationBuilder(Minimal.class).web(WebApplicationType.NONE)
			.run(arguments.values().toArray(String[]::new));
	}

	/**
	 * Return the only guarded pool of an application.
	 * @param context the application
	 * @return the pool
	 */
	public static GuardedPool pool(ApplicationContext context) {
		return context.getBean(GuardedPools.class).pools().iterator().next();
	}

	/**
	 * Return the only guarded pool of an application, once it has been opened.
	 * @param context the application
	 * @return the pool
	 */
	public static GuardedPool openPool(ApplicationContext context) {
		GuardedPool pool = pool(context);
		Awaitility.await().until(() -> pool.plan() != null && pool.ledger().knowsBoundaries());
		return pool;
	}

	/**
	 * Return what has happened in an application so far.
	 * @param context the application
	 * @param <T> the type of events
	 * @param type the same
	 * @return the events of that type, the first one first
	 */
	public static <T extends GuardEvent> List<T> events(ApplicationContext context, Class<T> type) {
		return context.getBean(PoolCare.class)
			.events()
			.recorder()
			.events()
			.stream()
			.filter(type::isInstance)
			.map(type::cast)
			.toList();
	}

	/**
	 * Return another pool to where the application's own leads, not started.
	 * @param environment the application's environment
	 * @return the pool, of two connections
	 */
	public static HikariDataSource newPool(Environment environment) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(environment.getRequiredProperty("spring.datasource.url"));
		pool.setUsername(environment.getRequiredProperty("spring.datasource.username"));
		pool.setPassword(environment.getRequiredProperty("spring.datasource.password"));
		pool.setMaximumPoolSize(2);
		return pool;
	}

	/**
	 * Return the properties of a pool that leads to a database of the server.
	 * @param server the server
	 * @param database the database
	 * @param urlParameters more parameters of the JDBC URL
	 * @return the properties
	 */
	public static List<String> properties(TestServer server, String database, String... urlParameters) {
		String url = server.jdbcUrl(database);
		for (String parameter : urlParameters) {
			url += (url.contains("?") ? "&" : "?") + parameter;
		}
		return List.of("spring.datasource.url=" + url, "spring.datasource.username=" + server.username(),
				"spring.datasource.password=" + server.password());
	}

	/**
	 * What has to do with data sources, and the guard.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
			TransactionAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			ConnectionGuardAutoConfiguration.class })
	static class Minimal {

	}

}
