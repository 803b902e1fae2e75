package io.github.connectionguard.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.connectionguard.driver.ConnectionPing.Answer;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pings over a connection of MariaDB Connector/J.
 */
class MariaDbPingTests {

	private static final int NETWORK_TIMEOUT = 1000;

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@Test
	void pingWithoutALimitOfItsOwnWaitsAsLongAsAStatementWould() throws SQLException {
		try (TcpHop hop = TcpHop.to(this.server.port()); Connection connection = connect(hop)) {
			ConnectionPing ping = ConnectionPing.of(connection);
			assertThat(ping.ping(Duration.ZERO)).isEqualTo(Answer.ALIVE);
			assertThat(connection.getNetworkTimeout()).isEqualTo(NETWORK_TIMEOUT);
			hop.lose();
			assertThat(CompletableFuture.supplyAsync(() -> ping.ping(Duration.ZERO)))
				.succeedsWithin(Duration.ofSeconds(20))
				.isEqualTo(Answer.DEAD);
		}
	}

	private Connection connect(TcpHop hop) throws SQLException {
		String url = "jdbc:mariadb://127.0.0.1:" + hop.port() + "/" + this.database + "?sslMode=disable"
				+ "&allowPublicKeyRetrieval=true&socketTimeout=" + NETWORK_TIMEOUT;
		return DriverManager.getConnection(url, this.server.username(), this.server.password());
	}

}
