package io.github.connectionguard.neighbours.hierarchy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.neighbours.LineController;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * A parent and its children, on a database of their own.
 */
final class Family implements AutoCloseable {

	private static final List<String> PACKAGES = Neighbour.web(Web.class)
		.packages("org.springframework.boot.actuate", "org.springframework.boot.health",
				"org.springframework.boot.micrometer", "io.github.connectionguard.autoconfigure")
		.packages();

	private final HttpClient client = HttpClient.newHttpClient();

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable lines = LineTable.create(this.server, this.database);

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	/**
	 * Start contexts.
	 * @param parent what the first context is made of
	 * @param properties more properties of all
	 */
	Family start(Class<?> parent, String... properties) {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(parent).child(Web.class);
		ConfigurableApplicationContext child = builder.run(arguments(properties));
		this.contexts.add(child);
		this.contexts.add((ConfigurableApplicationContext) child.getParent());
		return this;
	}

	/**
	 * Add a second child.
	 */
	ConfigurableApplicationContext addChild(String... properties) {
		ConfigurableApplicationContext child = new SpringApplicationBuilder(Web.class).parent(parent())
			.run(arguments(properties));
		this.contexts.add(0, child);
		return child;
	}

	private String[] arguments(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"spring.datasource.url=" + this.server.jdbcUrl(this.database),
				"spring.datasource.username=" + this.server.username(),
				"spring.datasource.password=" + this.server.password(), "spring.datasource.hikari.maximum-pool-size=4",
				"neighbours.packages=" + String.join(",", PACKAGES)));
		arguments.addAll(List.of(properties));
		return arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new);
	}

	ConfigurableApplicationContext parent() {
		return this.contexts.get(this.contexts.size() - 1);
	}

	ConfigurableApplicationContext child() {
		return this.contexts.get(0);
	}

	LineTable lines() {
		return this.lines;
	}

	/**
	 * End all sessions of the pool, as a restart of the server does.
	 */
	void killSessions() throws SQLException {
		this.server.killSessions(this.database);
	}

	int get(ApplicationContext context, String path) throws IOException, InterruptedException {
		return get(context.getEnvironment(), "local.server.port", path);
	}

	int get(Environment environment, String port, String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + environment.getRequiredProperty(port) + path);
		return this.client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	@Override
	public void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	/**
	 * A parent that Spring Boot sets up, with the database.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Database {

	}

	/**
	 * A parent with nothing but a pool, which Spring Boot does not set up.
	 */
	@Configuration(proxyBeanMethods = false)
	static class PlainDatabase {

		@Bean
		HikariDataSource dataSource(Environment environment) {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(environment.getRequiredProperty("spring.datasource.url"));
			pool.setUsername(environment.getRequiredProperty("spring.datasource.username"));
			pool.setPassword(environment.getProperty("spring.datasource.password"));
			pool.setMaximumPoolSize(4);
			return pool;
		}

	}

	/**
	 * A parent without a database.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	/**
	 * A child that answers requests.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(LineController.class)
	static class Web {

	}

}
