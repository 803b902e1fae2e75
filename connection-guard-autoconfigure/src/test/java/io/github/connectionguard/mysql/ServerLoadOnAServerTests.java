package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerLoad} and the limits that go with it, on a server that nobody
 * else uses.
 */
class ServerLoadOnAServerTests {

	private static TestServer server;

	@BeforeAll
	static void startServer() throws SQLException {
		server = TestServer.start("--max-connections=42");
		server.execute("CREATE USER plain IDENTIFIED BY 'plain' WITH MAX_USER_CONNECTIONS 7");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@ParameterizedTest
	@EnumSource
	void userWithoutPrivilegesSeesTheSessionsOfTheUserAlone(DriverUnderTest driver) throws SQLException {
		String url = driver.url(server.host(), server.port(), "");
		try (Connection mine = DriverManager.getConnection(url, "plain", "plain");
				Connection alsoMine = DriverManager.getConnection(url, "plain", "plain");
				Connection others = server.connect("")) {
			ServerLoad load = awaitLoad(mine, 3);
			UserSessions sessions = Objects.requireNonNull(load.sessions());
			assertThat(sessions.ids()).containsExactlyInAnyOrder(id(mine), id(alsoMine)).doesNotContain(id(others));
			assertThat(sessions.hosts().values()).containsOnly(server.host());
			assertThat(load.uptime()).isBetween(Duration.ZERO, Duration.ofMinutes(10));
			assertThat(load.aborted()).isNotNegative();
		}
	}

	@ParameterizedTest
	@EnumSource
	void userWhoSeesAllSessionsIsToldOfTheUsersOwn(DriverUnderTest driver) throws SQLException {
		try (Connection mine = driver.connect(server, server.port(), "", "");
				Connection alsoMine = server.connect("");
				Connection others = DriverManager.getConnection(server.jdbcUrl(""), "plain", "plain")) {
			assertThat(others.isClosed()).isFalse();
			UserSessions sessions = Objects.requireNonNull(awaitLoad(mine, 3).sessions());
			assertThat(sessions.ids()).containsExactlyInAnyOrder(id(mine), id(alsoMine));
		}
	}

	@ParameterizedTest
	@EnumSource
	void sessionTellsTheLimitsOfItsServerAndItsAccount(DriverUnderTest driver) throws SQLException {
		try (Connection mine = DriverManager.getConnection(driver.url(server.host(), server.port(), ""), "plain",
				"plain"); Statement statement = mine.createStatement()) {
			statement.execute("SET SESSION wait_timeout = 77");
			ServerSessionFacts facts = new ServerSessionReader().read(mine);
			assertThat(facts.maxConnections()).isEqualTo(42);
			assertThat(facts.maxUserConnections()).isEqualTo(7);
			assertThat(facts.limits().waitTimeout()).isEqualTo(Duration.ofSeconds(77));
			assertThat(facts.limits().source()).isEqualTo(LimitSource.SESSION);
			assertThat(facts.globalWaitTimeout()).isEqualTo(Duration.ofSeconds(28800));
		}
		try (Connection all = driver.connect(server, server.port(), "", "")) {
			assertThat(new ServerSessionReader().read(all).maxUserConnections()).isZero();
		}
	}

	@Test
	void whatWasReadAlreadyIsNotAskedAgain() throws SQLException {
		try (Connection mine = server.connect("")) {
			ServerInquiry inquiry = new ServerInquiry(mine, new ServerSessionReader());
			inquiry.read();
			long before = server.status("Com_show_status");
			assertThat(inquiry.load(id(mine)).connected()).isPositive();
			assertThat(server.status("Com_show_status") - before).isEqualTo(1);
		}
	}

	@Test
	void nobodyKnowsTheSessionsWhereTheOwnIsNotAmongThem() throws SQLException {
		try (Connection mine = server.connect("")) {
			ServerInquiry inquiry = new ServerInquiry(mine, new ServerSessionReader());
			assertThat(inquiry.load(id(mine) + 1_000_000).sessions()).isNull();
		}
	}

	private static ServerLoad awaitLoad(Connection connection, long connected) {
		return Awaitility.await()
			.until(() -> new ServerInquiry(connection, new ServerSessionReader()).load(id(connection)),
					(load) -> Objects.equals(load.connected(), connected));
	}

	private static long id(Connection connection) throws SQLException {
		return new ServerSessionReader().read(connection).connectionId();
	}

}
