package io.github.connectionguard.transactional;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.sidebyside.Starter;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.transactional.TransactionalCase.Handler;
import org.awaitility.Awaitility;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application, running on a test server, with the starter or without.
 */
final class TransactionalApp implements AutoCloseable {

	private static final String STATEMENTS = " STATUS WHERE Variable_name IN ('Com_select', 'Com_insert', "
			+ "'Com_set_option', 'Com_commit', 'Com_rollback', 'Com_savepoint', 'Com_rollback_to_savepoint', "
			+ "'Com_release_savepoint')";

	private final HttpClient client = HttpClient.newHttpClient();

	private final Connection observer;

	private final JdbcTemplate others;

	private final ConfigurableApplicationContext context;

	private TransactionalApp(Connection observer, ConfigurableApplicationContext context) {
		this.observer = observer;
		this.others = new JdbcTemplate(new SingleConnectionDataSource(observer, true));
		this.context = context;
	}

	/**
	 * Start the application. A single thread handles its requests, so that each of them
	 * gets the connection of the one before, in the mode that left it in.
	 */
	static TransactionalApp start(TestServer server, Starter starter, int poolSize) throws SQLException {
		String database = server.createDatabase();
		String second = server.createDatabase();
		Connection observer = server.connect(database);
		for (String name : List.of(database, second)) {
			observer.createStatement().execute("CREATE TABLE " + name + ".line (name VARCHAR(50) PRIMARY KEY)");
		}
		observer.createStatement().execute("CREATE VIEW second_line AS SELECT name FROM " + second + ".line");
		return new TransactionalApp(observer, new SpringApplicationBuilder(TransactionalApplication.class).run(
				"--server.port=0", "--server.tomcat.threads.max=1", "--server.tomcat.threads.min-spare=1",
				"--" + starter.exclusions(), "--spring.datasource.url=" + server.jdbcUrl(database),
				"--spring.datasource.username=" + server.username(),
				"--spring.datasource.password=" + server.password(), "--spring.datasource.dynamic.enabled=false",
				"--spring.datasource.hikari.validation-timeout=2000",
				"--spring.datasource.hikari.maximum-pool-size=" + poolSize,
				"--spring.datasource.hikari.connection-timeout=1000", "--second.url=" + server.jdbcUrl(second)));
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	/**
	 * Send the requests of a case, and return all that is to be seen of them. Nothing of
	 * them is left open, on the server or in the pool.
	 */
	String transcriptOf(TransactionalCase aCase) throws IOException, InterruptedException {
		return transcriptOf(aCase.requests());
	}

	String transcriptOf(List<Handler> requests) throws IOException, InterruptedException {
		List<String> transcript = new ArrayList<>();
		this.others.update("DELETE FROM line");
		this.others.update("DELETE FROM second_line");
		for (Handler request : requests) {
			transcript.addAll(transcriptOfOne(request));
		}
		nothingIsLeftOpen();
		return String.join("\n", transcript) + "\n";
	}

	private List<String> transcriptOfOne(Handler handler) throws IOException, InterruptedException {
		List<String> transcript = this.context.getBean(TransactionalController.class).next(handler, this.others);
		int status = send();
		List<String> whole = new ArrayList<>(transcript);
		whole.add("answered " + status + ", others see " + TransactionalRequest.rows(this.others, "line"));
		return whole;
	}

	private int send() throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return this.client
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
					HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	/**
	 * Wait until no pool has a connection to open.
	 */
	void fillPools() throws SQLException {
		for (HikariDataSource pool : this.context.getBeansOfType(HikariDataSource.class).values()) {
			pool.getConnection().close();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(5))
				.until(() -> pool.getHikariPoolMXBean().getIdleConnections() == pool.getMaximumPoolSize());
		}
	}

	/**
	 * Return how many statements the server has seen of others than the one that looks
	 * on.
	 */
	long statements() {
		return statements("GLOBAL") - statements("SESSION");
	}

	private long statements(String scope) {
		return this.others.query("SHOW " + scope + STATEMENTS, (row, number) -> row.getLong(2))
			.stream()
			.mapToLong(Long::longValue)
			.sum();
	}

	/**
	 * {@code innodb_trx} shows a copy, which the server makes anew only when nobody has
	 * looked at it for a tenth of a second.
	 */
	private void nothingIsLeftOpen() {
		HikariDataSource pool = this.context.getBean(HikariDataSource.class);
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(150)).untilAsserted(() -> {
			assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
			assertThat(this.others.queryForList("SELECT trx_id FROM information_schema.innodb_trx")).isEmpty();
		});
	}

	@Override
	public void close() throws SQLException {
		try {
			this.context.close();
		}
		finally {
			this.observer.close();
		}
	}

}
