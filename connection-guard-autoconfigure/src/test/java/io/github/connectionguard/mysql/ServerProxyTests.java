package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.connectionguard.testsupport.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerProxy}.
 */
@Tag("extended")
class ServerProxyTests {

	@ParameterizedTest
	@CsvSource({ "(ProxySQL), 8.0.30, 10.0.0.7:6033, true, PROXYSQL",
			"Source distribution, 5.5.5-10.2.12 6.4.1-maxscale, max:4006, false, MAXSCALE",
			"MySQL Community Server - GPL, 9.7.4-router, db:6446, false, MYSQL_ROUTER",
			"Source distribution, 8.0.35, shop.proxy-abc123.eu-central-1.rds.amazonaws.com:3306, true, RDS_PROXY",
			"Source distribution, 8.0.35, ro.endpoint.proxy-abc123.cn-north-1.rds.amazonaws.com.cn, true, RDS_PROXY",
			"MySQL Community Server - GPL, 9.7.4, db:3306, false, UNNAMED",
			"MySQL Community Server - GPL, 9.7.4, db:3306, true, NONE_SEEN", ", 9.7.4, db:3306, true, NONE_SEEN",
			"Source distribution, 8.0.35, shop.abc123.eu-central-1.rds.amazonaws.com:3306, true, NONE_SEEN",
			"mariadb.org binary distribution, 11.4.5-MariaDB, proxy-db:3306, true, NONE_SEEN" })
	void proxyIsKnownByWhatItAnswers(@Nullable String versionComment, String greeting, String hosts, boolean direct,
			ServerProxy proxy) {
		assertThat(ServerProxy.of(versionComment, greeting, hosts, direct)).isEqualTo(proxy);
	}

	/**
	 * ProxySQL knows the question by its text.
	 */
	@ParameterizedTest
	@EnumSource
	void questionReachesTheServerToTheLetter(DriverUnderTest driver) throws SQLException {
		try (TestServer server = TestServer.start("--log-output=TABLE", "--general-log=1");
				Connection connection = driver.connect(server, server.port(), "", "");
				Statement statement = connection.createStatement()) {
			ServerInquiry inquiry = new ServerInquiry(connection, new ServerSessionReader());
			assertThat(inquiry.versionComment()).isNotBlank();
			try (ResultSet asked = statement
				.executeQuery("SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log "
						+ "WHERE command_type = 'Query' AND CONVERT(argument USING utf8mb4) LIKE '%version\\_comment limit%' "
						+ "AND thread_id = CONNECTION_ID() ORDER BY event_time")) {
				assertThat(asked.next()).isTrue();
				assertThat(asked.getString(1)).isEqualTo("select @@version_comment limit 1");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void serverItselfIsNoProxy(DriverUnderTest driver) throws SQLException {
		TestServer server = TestServer.shared();
		try (Connection connection = driver.connect(server, server.port(), "", "")) {
			ServerInquiry inquiry = new ServerInquiry(connection, new ServerSessionReader());
			assertThat(ServerProxy.of(inquiry.versionComment(), connection.getMetaData().getDatabaseProductVersion(),
					server.host(), true))
				.isEqualTo(ServerProxy.NONE_SEEN);
		}
	}

}
