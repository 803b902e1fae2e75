package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for statements of which the server, asked over another connection, knows nothing.
 */
@Tag("extended")
@Tag("timed")
class StuckStatementTests {

	/**
	 * A session that the server knows and that is asleep is waited for longer.
	 */
	private static final Duration SOON = Duration.ofSeconds(5);

	@Test
	@Timeout(60)
	void statementOfASessionThatTheServerNoLongerHasIsGivenUpSoon() throws SQLException {
		TestServer server = TestServer.shared();
		try (TcpHop hop = TcpHop.to(server.port());
				Requests requests = Requests.through(hop, server, server.createDatabase());
				Connection connection = requests.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			String kill = kill(statement);
			hop.forget();
			server.execute(kill);
			long begin = System.nanoTime();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
		}
	}

	private static String kill(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT CONCAT('KILL ', CONNECTION_ID())")) {
			row.next();
			return row.getString(1);
		}
	}

	/**
	 * Without a privilege, an account is not shown the sessions of others.
	 */
	@Test
	void longStatementOfAUserWhoWasReplacedIsLeftAlone() throws SQLException {
		try (TestServer server = TestServer.start()) {
			for (String user : new String[] { "old", "new" }) {
				server.execute("CREATE USER '" + user + "' IDENTIFIED BY '" + server.password() + "'");
				server.execute("GRANT SELECT ON *.* TO '" + user + "'");
			}
			try (Requests requests = Requests.to(server, "spring.datasource.username=old")) {
				requests.dataSource().unwrap(HikariDataSource.class).getHikariConfigMXBean().setUsername("new");
				assertThat(requests.query("SELECT SLEEP(4)")).isZero();
			}
		}
	}

}
