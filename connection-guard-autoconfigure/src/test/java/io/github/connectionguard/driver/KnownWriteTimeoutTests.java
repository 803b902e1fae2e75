package io.github.connectionguard.driver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.mysql.DriverUnderTest;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the {@code net_write_timeout} a streamed result leaves on a session.
 */
class KnownWriteTimeoutTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@ParameterizedTest
	@EnumSource
	void sessionKeepsWhatThePoolHasSetUp(DriverUnderTest driver) throws SQLException {
		assertThat(afterStream(driver.url(this.server.host(), this.server.port(), this.database))).isEqualTo(77);
	}

	@Test
	void sessionKeepsItWhereConnectionsShareWhatTheDriverKnows() throws SQLException {
		assertThat(afterStream(this.server.jdbcUrl(this.database) + "&cacheServerConfiguration=true")).isEqualTo(77);
	}

	private int afterStream(String url) throws SQLException {
		try (ConfigurableApplicationContext application = GuardedApplication.start(this.server, this.database,
				"spring.datasource.url=" + url,
				"spring.datasource.hikari.connection-init-sql=SET net_write_timeout = 77");
				Connection connection = application.getBean(HikariDataSource.class).getConnection()) {
			try (Statement statement = connection.createStatement()) {
				statement.setFetchSize(url.startsWith("jdbc:mysql") ? Integer.MIN_VALUE : 1);
				single(statement, "SELECT 1");
			}
			try (Statement statement = connection.createStatement()) {
				return single(statement, "SELECT @@session.net_write_timeout");
			}
		}
	}

	private static int single(Statement statement, String sql) throws SQLException {
		try (ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getInt(1);
		}
	}

}
