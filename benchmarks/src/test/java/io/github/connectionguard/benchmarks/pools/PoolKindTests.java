package io.github.connectionguard.benchmarks.pools;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the stub is to a guarded pool what a real driver is.
 */
@Tag("extended")
class PoolKindTests {

	@Test
	void guardedPoolLooksAtConnectionsOfTheStub() throws Exception {
		TestServer real = TestServer.shared();
		Server server = new Server(real.jdbcUrl(real.createDatabase()), real.username(), real.password(),
				StubDriver.class);
		try (HikariDataSource pool = (HikariDataSource) PoolKind.GUARDED.open(server, true)) {
			for (int i = 0; i < PoolKind.SIZE; i++) {
				long killed = session(pool);
				try (Connection other = real.connect(""); Statement statement = other.createStatement()) {
					statement.execute("KILL " + killed);
				}
				assertThat(session(pool)).isNotEqualTo(killed);
			}
		}
	}

	private static long session(DataSource pool) throws SQLException {
		try (Connection connection = pool.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
			row.next();
			return row.getLong(1);
		}
	}

}
