package io.github.connectionguard.mysql;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link LoginRefusal} with what each driver makes of a real server's refusal.
 */
@ParameterizedClass
@EnumSource
class LoginRefusalOnAServerTests {

	private static final String PASSWORD = "secret";

	private static TestServer server;

	private final DriverUnderTest driver;

	private String user;

	LoginRefusalOnAServerTests(DriverUnderTest driver) {
		this.driver = driver;
	}

	@BeforeAll
	static void startServer() {
		server = TestServer.start("--max-connections=10", "--max-user-connections=5");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void createUser() throws SQLException {
		this.user = server.createDatabase();
		server.execute("CREATE USER '" + this.user + "'@'%' IDENTIFIED BY '" + PASSWORD + "'");
	}

	@Test
	void wrongPasswordIsDenied() {
		assertThat(LoginRefusal.of(failure("wrong"))).contains(LoginRefusal.DENIED);
	}

	@Test
	void lockedAccountIsLocked() throws SQLException {
		server.execute("ALTER USER '" + this.user + "'@'%' ACCOUNT LOCK");
		assertThat(LoginRefusal.of(failure(PASSWORD))).contains(LoginRefusal.LOCKED);
	}

	@Test
	void expiredPasswordIsExpired() throws SQLException {
		server.execute("ALTER USER '" + this.user + "'@'%' PASSWORD EXPIRE");
		assertThat(LoginRefusal.of(failure(PASSWORD))).contains(LoginRefusal.EXPIRED);
	}

	@Test
	void accountWithALimitHasUsedItUp() throws SQLException {
		server.execute("ALTER USER '" + this.user + "'@'%' WITH MAX_USER_CONNECTIONS 1");
		assertThat(LoginRefusal.of(failureToOpen(2))).contains(LoginRefusal.QUOTA);
	}

	@Test
	void serverWithoutRoomForTheAccountIsFull() throws SQLException {
		assertThat(LoginRefusal.of(failureToOpen(6))).contains(LoginRefusal.FULL);
	}

	@Test
	void serverWithoutRoomIsFull() throws SQLException {
		server.execute("SET GLOBAL max_user_connections = 50");
		try {
			assertThat(LoginRefusal.of(failureToOpen(20))).contains(LoginRefusal.FULL);
		}
		finally {
			server.execute("SET GLOBAL max_user_connections = 5");
		}
	}

	/**
	 * MariaDB has no such mode.
	 */
	@Test
	void serverInOfflineModeIsOfflineAndAway() throws SQLException {
		if (server.isMariaDb()) {
			return;
		}
		server.execute("SET GLOBAL offline_mode = ON");
		try {
			SQLException refused = failure(PASSWORD);
			assertThat(LoginRefusal.of(refused)).contains(LoginRefusal.OFFLINE);
			assertThat(ConnectionErrors.isServerAway(refused)).isTrue();
		}
		finally {
			server.execute("SET GLOBAL offline_mode = OFF");
		}
	}

	@Test
	void databaseThatDoesNotExistIsUnknown() {
		SQLException failure = failure(server.port(), "no_such_database", server.username());
		assertThat(LoginRefusal.of(failure)).contains(LoginRefusal.DATABASE_UNKNOWN);
		assertThat(LoginRefusal.DATABASE_UNKNOWN.code(failure)).isEqualTo(1049);
	}

	@Test
	void databaseThatTheAccountMayNotUseIsDenied() {
		SQLException failure = failure(server.port(), "mysql", this.user);
		assertThat(LoginRefusal.of(failure)).contains(LoginRefusal.DATABASE_DENIED);
	}

	@Test
	void anyOtherFailureIsNone() throws IOException {
		assertThat(LoginRefusal.of(failure(portOfNobody(), "", server.username()))).isEmpty();
	}

	private static int portOfNobody() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private SQLException failure(int port, String database, String account) {
		String url = this.driver.url(server.host(), port, database);
		String password = account.equals(this.user) ? PASSWORD : server.password();
		return Objects.requireNonNull(catchThrowableOfType(SQLException.class,
				() -> DriverManager.getConnection(url, account, password).close()));
	}

	/**
	 * Return why somebody was not let in. MariaDB lets one in whose password has expired,
	 * for nothing but to set another.
	 */
	private SQLException failure(String password) {
		return Objects.requireNonNull(catchThrowableOfType(SQLException.class, () -> {
			try (Connection connection = connect(password); Statement statement = connection.createStatement()) {
				statement.execute("SELECT 1");
			}
		}));
	}

	private SQLException failureToOpen(int connections) throws SQLException {
		return DriverUnderTest.failureToOpen(connections, url(), this.user, PASSWORD);
	}

	private Connection connect(String password) throws SQLException {
		return DriverManager.getConnection(url(), this.user, password);
	}

	private String url() {
		return this.driver.url(server.host(), server.port(), "");
	}

}
