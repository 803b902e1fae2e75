package io.github.connectionguard.mysql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ConnectionErrors} with the failures of each driver to connect to a
 * real server.
 */
@Tag("extended")
@ParameterizedClass
@EnumSource
class ConnectFailuresOnAServerTests {

	private static final TestServer SERVER = TestServer.shared();

	private final DriverUnderTest driver;

	ConnectFailuresOnAServerTests(DriverUnderTest driver) {
		this.driver = driver;
	}

	@Test
	void portThatRefusesIsAway() throws IOException {
		assertAway(failure(closedPort(), "", SERVER.password()));
	}

	@Test
	void hostThatIsUnknownIsAway() {
		String url = this.driver.url("nowhere.invalid", SERVER.port(), "");
		assertAway(failure(url, SERVER.username(), SERVER.password()));
	}

	/**
	 * MySQL Connector/J needs the socketTimeout, too: its connectTimeout ends with TCP's
	 * handshake, and it would wait for the server's greeting for ever.
	 */
	@Test
	void silentPathIsAway() {
		try (TcpHop hop = TcpHop.to(SERVER.port())) {
			hop.silence();
			String url = this.driver.url(SERVER.host(), hop.port(), "") + "&connectTimeout=500&socketTimeout=500";
			assertAway(failure(url, SERVER.username(), SERVER.password()));
			assertThat(hop.accepted()).isOne();
		}
	}

	@Test
	void pathThatResetsIsAway() throws IOException {
		try (TcpHop hop = TcpHop.to(closedPort())) {
			assertAway(failure(hop.port(), "", SERVER.password()));
			assertThat(hop.accepted()).isPositive();
		}
	}

	@Test
	void serverThatRefusesAPasswordIsThere() {
		assertThere(failure(SERVER.port(), "", "wrong"), 1045);
	}

	@Test
	void serverThatDoesNotKnowADatabaseIsThere() {
		assertThere(failure(SERVER.port(), "no_such_database", SERVER.password()), 1049);
	}

	@Test
	void serverWithoutRoomIsThere() throws SQLException {
		try (TestServer server = TestServer.start("--max-connections=10", "--max-user-connections=2");
				Connection admin = server.connect("");
				Statement statement = admin.createStatement()) {
			statement.execute("CREATE USER 'plain'@'%' IDENTIFIED BY 'secret'");
			statement.execute("CREATE USER 'single'@'%' IDENTIFIED BY 'secret' WITH MAX_USER_CONNECTIONS 1");
			statement.execute("CREATE DATABASE closed");
			assertThere(failureToOpen(1, server, "closed", "plain"), 1044);
			assertThere(failureToOpen(2, server, "", "single"), 1226);
			assertThere(failureToOpen(3, server, "", "plain"), 1203);
			statement.execute("SET GLOBAL max_user_connections = 50");
			assertThere(failureToOpen(20, server, "", "plain"), 1040);
		}
	}

	@Test
	void serverThatIsNotTrustedIsThere() {
		String verify = (this.driver == DriverUnderTest.CONNECTOR_J) ? "VERIFY_CA" : "verify-ca";
		String url = this.driver.url(SERVER.host(), SERVER.port(), "").replaceAll("sslMode=\\w+", "sslMode=" + verify);
		assertThere(failure(url, SERVER.username(), SERVER.password()));
	}

	@Test
	void serverThatMayNotTellItsKeyIsThere() throws SQLException {
		try (Connection admin = SERVER.connect(""); Statement statement = admin.createStatement()) {
			statement.execute("CREATE USER 'new_" + this.driver + "'@'%' IDENTIFIED BY 'secret'");
		}
		String url = this.driver.url(SERVER.host(), SERVER.port(), "")
			.replace("allowPublicKeyRetrieval=true", "allowPublicKeyRetrieval=false");
		if (SERVER.isMariaDb()) { // has no such key, and needs none
			DriverManager.getConnection(url, "new_" + this.driver, "secret").close();
		}
		else {
			assertThere(failure(url, "new_" + this.driver, "secret"));
		}
	}

	private SQLException failure(int port, String database, String password) {
		return failure(this.driver.url(SERVER.host(), port, database), SERVER.username(), password);
	}

	private SQLException failureToOpen(int connections, TestServer server, String database, String user)
			throws SQLException {
		return DriverUnderTest.failureToOpen(connections, this.driver.url(server.host(), server.port(), database), user,
				"secret");
	}

	private static SQLException failure(String url, String user, String password) {
		return Objects.requireNonNull(catchThrowableOfType(SQLException.class,
				() -> DriverManager.getConnection(url, user, password).close()));
	}

	private static void assertAway(SQLException exception) {
		assertThat(ConnectionErrors.isServerAway(exception)).as(exception::toString).isTrue();
	}

	private static void assertThere(SQLException exception) {
		assertThat(ConnectionErrors.isServerAway(exception)).as(exception::toString).isFalse();
	}

	private static void assertThere(SQLException exception, int code) {
		assertThere(exception);
		assertThat(exception.getErrorCode()).isEqualTo(code);
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
