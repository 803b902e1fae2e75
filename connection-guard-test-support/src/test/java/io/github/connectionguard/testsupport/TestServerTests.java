package io.github.connectionguard.testsupport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TestServer}.
 */
@Tag("extended")
class TestServerTests {

	@Test
	void letsItsAccountDoEverything() throws SQLException {
		TestServer server = TestServer.shared();
		String database = server.createDatabase();
		execute(server, database, "CREATE TABLE item (id INT PRIMARY KEY)", "INSERT INTO item VALUES (1)",
				"CREATE USER 'somebody'@'%' IDENTIFIED BY 'secret'", "GRANT SELECT ON *.* TO 'somebody'@'%'",
				"SET GLOBAL max_connections = 152");
		assertThat(query(server, database, "SELECT COUNT(*) FROM item")).isEqualTo("1");
	}

	@Test
	void sharesOneServer() {
		assertThat(TestServer.shared()).isSameAs(TestServer.shared());
	}

	@Test
	void survivesTheClosingOfTheSharedServer() throws SQLException {
		TestServer.shared().close();
		assertThat(query(TestServer.shared(), "", "SELECT 1")).isEqualTo("1");
	}

	@Test
	void createsDatabasesOfDifferentNames() {
		TestServer server = TestServer.shared();
		assertThat(server.createDatabase()).isNotEqualTo(server.createDatabase());
	}

	@Test
	void knowsWhatItIs() throws SQLException {
		TestServer server = TestServer.shared();
		assertThat(query(server, "", "SELECT VERSION()").contains("MariaDB")).isEqualTo(server.isMariaDb());
	}

	@Test
	void hasNoServerOfAReleaseThatIsNotThere() {
		assertThat(TestServer.startRelease("MySQL 3.23")).isEmpty();
	}

	@Test
	void readsTheStatusOfTheServer() {
		long before = TestServer.shared().status("Connections");
		assertThat(TestServer.shared().status("Connections")).isGreaterThan(before);
	}

	@Test
	void runsBesideOthers() throws SQLException {
		try (TestServer server = TestServer.start()) {
			assertThat(server.port()).isNotEqualTo(TestServer.shared().port());
			execute(server, "", "CREATE DATABASE only_here");
			assertThat(query(server, "", "SHOW DATABASES LIKE 'only_here'")).isEqualTo("only_here");
			assertThat(query(TestServer.shared(), "", "SHOW DATABASES LIKE 'only_here'")).isEmpty();
		}
	}

	@Test
	void keepsPortDataAndOptionsWhenItStopsAndStartsAgain() throws SQLException {
		try (TestServer server = TestServer.start("--wait-timeout=77")) {
			int port = server.port();
			String database = server.createDatabase();
			execute(server, database, "CREATE TABLE item (id INT PRIMARY KEY)", "INSERT INTO item VALUES (42)");
			server.stop();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> server.connect(database).close());
			server.startAgain();
			assertThat(server.port()).isEqualTo(port);
			assertThat(query(server, database, "SELECT id FROM item")).isEqualTo("42");
			assertThat(query(server, database, "SELECT @@GLOBAL.wait_timeout")).isEqualTo("77");
		}
	}

	@Test
	@Tag("slow")
	void dropsItsConnectionsWhenItRestarts() throws SQLException {
		try (TestServer server = TestServer.start();
				Connection connection = server.connect("");
				Statement statement = connection.createStatement()) {
			server.restart();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
		}
	}

	@Test
	void answersNothingWhileItIsFrozen() throws Exception {
		try (TestServer server = TestServer.start(); Connection connection = server.connect("")) {
			server.freeze();
			CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> isValid(connection));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS));
			server.thaw();
			assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void stopsAndClosesWhileItIsFrozen() throws SQLException {
		try (TestServer server = TestServer.start()) {
			server.freeze();
			server.restart();
			assertThat(query(server, "", "SELECT 1")).isEqualTo("1");
			server.freeze();
		}
	}

	@Test
	void tellsWhyItDidNotStart() {
		assertThatIllegalStateException().isThrownBy(() -> TestServer.start("--no-such-option"))
			.withMessageContaining("no-such-option");
	}

	private static boolean isValid(Connection connection) {
		try {
			return connection.isValid(10);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(TestServer server, String database, String... statements) throws SQLException {
		try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private static String query(TestServer server, String database, String sql) throws SQLException {
		try (Connection connection = server.connect(database);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			return result.next() ? result.getString(1) : "";
		}
	}

}
