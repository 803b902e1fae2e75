package io.github.connectionguard.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.testsupport.TestServer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * An application that answers requests, and its database, which other clients can look
 * at.
 */
public final class RunningApplication implements AutoCloseable {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private RunningApplication(Class<?> application, List<String> schema, String... properties) throws SQLException {
		for (String statement : schema) {
			execute(statement);
		}
		this.context = new SpringApplicationBuilder(application).properties("server.port=0", "server.address=127.0.0.1")
			.properties(this.server.hibernateProperties().toArray(String[]::new))
			.properties("spring.datasource.url=" + this.server.jdbcUrl(this.database),
					"spring.datasource.username=" + this.server.username(),
					"spring.datasource.password=" + this.server.password(),
					"spring.datasource.hikari.maximum-pool-size=2", "spring.datasource.hikari.connection-timeout=2000")
			.properties(properties)
			.run();
	}

	/**
	 * Start an application.
	 * @param application its configuration
	 * @param schema statements that create its tables
	 * @param properties its properties
	 * @return the application
	 * @throws SQLException if a statement fails
	 */
	public static RunningApplication start(Class<?> application, List<String> schema, String... properties)
			throws SQLException {
		return new RunningApplication(application, schema, properties);
	}

	/**
	 * Return how many connections the guard had to take back from requests.
	 * @return the number
	 */
	public long leaks() {
		return this.context.getBean(GuardedPools.class)
			.pools()
			.stream()
			.mapToLong((pool) -> pool.leases().leaks())
			.sum();
	}

	/**
	 * Send a GET request.
	 * @param path the path
	 * @return the response
	 * @throws IOException if the response was cut off
	 * @throws InterruptedException never
	 */
	public HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(request(path).build(), BodyHandlers.ofString());
	}

	/**
	 * Send a GET request with a name and a password.
	 * @param path the path
	 * @param username the name
	 * @param password the password
	 * @return the response
	 * @throws IOException if the response was cut off
	 * @throws InterruptedException never
	 */
	public HttpResponse<String> get(String path, String username, String password)
			throws IOException, InterruptedException {
		String credentials = Base64.getEncoder()
			.encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
		return this.client.send(request(path).header("Authorization", "Basic " + credentials).build(),
				BodyHandlers.ofString());
	}

	/**
	 * Post a form.
	 * @param path the path
	 * @param form the fields, encoded
	 * @return the response
	 * @throws IOException if the response was cut off
	 * @throws InterruptedException never
	 */
	public HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
		return this.client.send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form))
			.build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(
				"http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port") + path));
	}

	/**
	 * Execute a statement on a connection of its own.
	 * @param statement the statement
	 * @throws SQLException if it fails
	 */
	public void execute(String statement) throws SQLException {
		try (Connection connection = this.server.connect(this.database)) {
			new JdbcTemplate(new SingleConnectionDataSource(connection, true)).execute(statement);
		}
	}

	/**
	 * Query on a connection of its own.
	 * @param query a query of one column
	 * @return its values
	 * @throws SQLException if it fails
	 */
	public List<@Nullable String> query(String query) throws SQLException {
		try (Connection connection = this.server.connect(this.database)) {
			return new JdbcTemplate(new SingleConnectionDataSource(connection, true)).queryForList(query, String.class);
		}
	}

	/**
	 * Return the application's pool.
	 * @return the pool
	 */
	public HikariDataSource pool() {
		return Objects.requireNonNull(DataSourceUnwrapper.unwrap(this.context.getBean(DataSource.class),
				HikariConfigMXBean.class, HikariDataSource.class));
	}

	/**
	 * Return how many connections of the pool are in use.
	 * @return the number
	 */
	public int activeConnections() {
		return pool().getHikariPoolMXBean().getActiveConnections();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
