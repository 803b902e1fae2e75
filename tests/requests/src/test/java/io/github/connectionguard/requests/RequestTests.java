package io.github.connectionguard.requests;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application, running in one mode of the session. After each test nothing is left
 * open, on the server or in the pool.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RequestTests {

	private final TestServer server = TestServer.shared();

	private final String mode;

	private String database;

	private RequestsApp application;

	@SuppressWarnings("NullAway.Init")
	RequestTests(String mode) {
		this.mode = mode;
	}

	@BeforeAll
	void startApplication() {
		this.database = this.server.createDatabase();
		this.application = start(this.mode, poolSize());
	}

	@AfterAll
	void stopApplication() {
		this.application.close();
	}

	@BeforeEach
	void emptyTable() throws SQLException {
		execute("DELETE FROM line");
	}

	@AfterEach
	void nothingIsLeftOpen() {
		Awaitility.await().pollDelay(Duration.ofMillis(100)).pollInterval(Duration.ofMillis(150)).untilAsserted(() -> {
			assertThat(activeConnections()).isZero();
			assertThat(select("SELECT trx_id FROM information_schema.innodb_trx")).isEmpty();
		});
	}

	/**
	 * More properties of the application.
	 */
	List<String> properties() {
		return List.of();
	}

	/**
	 * The container the application runs in.
	 */
	Container container() {
		return Container.TOMCAT;
	}

	int poolSize() {
		return 4;
	}

	/**
	 * How long a request waits for a connection, in milliseconds.
	 */
	int connectionTimeout() {
		return 2000;
	}

	int activeConnections() {
		return this.application.bean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections();
	}

	RequestsApp application() {
		return this.application;
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.application.get(path);
	}

	RequestsApp start(String mode, int poolSize) {
		List<String> properties = new ArrayList<>(properties());
		properties.addAll(List.of(container().property(), "spring.datasource.hikari.maximum-pool-size=" + poolSize,
				"spring.datasource.hikari.connection-timeout=" + connectionTimeout(),
				"connection-guard.session.mode=" + mode));
		return RequestsApp.start(this.server, this.database, properties.toArray(String[]::new));
	}

	List<String> rows() throws SQLException {
		return select("SELECT name FROM line");
	}

	private List<String> select(String sql) throws SQLException {
		try (Connection connection = this.server.connect(this.database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> values = new ArrayList<>();
			while (rows.next()) {
				values.add(rows.getString(1));
			}
			return values;
		}
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = this.server.connect(this.database);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
