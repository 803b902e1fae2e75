package io.github.connectionguard.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways a request can go, in one mode of the session. After each of them nothing is
 * left open, on the server or in the pool.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RequestMatrix {

	private final TestServer server = TestServer.shared();

	private final String mode;

	private String database;

	private SampleApp application;

	@SuppressWarnings("NullAway.Init")
	RequestMatrix(String mode) {
		this.mode = mode;
	}

	@BeforeAll
	void startApplication() throws SQLException {
		this.database = this.server.createDatabase();
		execute("CREATE TABLE line (name VARCHAR(20))");
		this.application = start(this.mode, 4);
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
		HikariDataSource pool = this.application.bean(HikariDataSource.class);
		Awaitility.await().untilAsserted(() -> {
			assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
			assertThat(select("SELECT trx_id FROM information_schema.innodb_trx")).isEmpty();
		});
	}

	@Test
	void withoutADatabase() throws Exception {
		assertThat(get("/rows/none").statusCode()).isEqualTo(200);
	}

	@Test
	void success() throws Exception {
		assertThat(get("/rows/ok").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("a", "b");
	}

	@Test
	void uncheckedException() throws Exception {
		assertThat(get("/rows/unchecked").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void exceptionOfAHandlerThatOptedOut() throws Exception {
		assertThat(get("/rows/opted-out").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void checkedException() throws Exception {
		assertThat(get("/rows/checked").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void handledException() throws Exception {
		HttpResponse<String> response = get("/rows/handled");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).isEqualTo("handled");
		assertThat(rows()).isEmpty();
	}

	@Test
	void returnedClientError() throws Exception {
		assertThat(get("/rows/returned-400").statusCode()).isEqualTo(400);
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void returnedServerError() throws Exception {
		assertThat(get("/rows/returned-500").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void rollbackOnly() throws Exception {
		HttpResponse<String> response = get("/rows/rollback-only");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("done");
		assertThat(rows()).isEmpty();
	}

	@Test
	void sentError() throws Exception {
		assertThat(get("/rows/send-error").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void transactionalThenBare() throws Exception {
		assertThat(get("/rows/transactional-then-bare").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("transactional", "bare");
	}

	@Test
	void bareThenTransactional() throws Exception {
		assertThat(get("/rows/bare-then-transactional").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("bare", "transactional");
	}

	@Test
	void bareThenFailingTransactional() throws Exception {
		assertThat(get("/rows/bare-then-failing").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void leakedConnection() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(get("/rows/leak").statusCode()).isEqualTo(200);
		}
		assertThat(rows()).hasSize(10);
	}

	@Test
	void rawConnectionLeftInATransaction() throws Exception {
		assertThat(get("/rows/raw-open").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("raw");
	}

	@Test
	void rawConnectionLeftInATransactionByAFailure() throws Exception {
		assertThat(get("/rows/raw-open-then-throw").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void connectionThatDiesUnnoticedByTheHandler() throws Exception {
		HttpResponse<String> response = get("/rows/die");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("says the handler");
		assertThat(rows()).isEmpty();
	}

	@Test
	void largeBodyIsSentAfterTheCommit() throws Exception {
		assertThat(catchThrowableOf("/rows/large-then-throw")).isTrue();
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void rowIsVisibleToOthersBeforeTheFirstByte() throws Exception {
		assertThat(get("/rows/visible-before-the-first-byte").body()).isEqualTo("first then 1");
	}

	/**
	 * Tell whether a response broke off, or came with a status of success and was cut.
	 */
	private boolean catchThrowableOf(String path) throws InterruptedException {
		try {
			return get(path).body().length() < 200_000;
		}
		catch (IOException ex) {
			return true;
		}
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.application.get(path);
	}

	SampleApp start(String mode, int poolSize) {
		return SampleApp.start(this.server, this.database, "spring.datasource.hikari.maximum-pool-size=" + poolSize,
				"spring.datasource.hikari.connection-timeout=2000", "connection-guard.session.mode=" + mode);
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
