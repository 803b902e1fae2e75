package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the guards of many applications that have one server.
 */
@Tag("extended")
@Tag("timed")
class ManyGuardsTests {

	private static final int GUARDS = 20;

	private static final int POOL = 2;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/**
	 * Each guard asks once what the server is, and perhaps again about a connect that is
	 * late on a busy machine.
	 */
	private static final int LOGINS_OF_A_GUARD = 2;

	@Test
	void restartedServerIsNotStormed() throws SQLException {
		try (TestServer server = TestServer.start("--performance-schema=ON")) {
			server.execute("CREATE USER fleet IDENTIFIED BY 'fleet'");
			List<ConnectionGuard> guards = new ArrayList<>();
			List<HikariDataSource> pools = new ArrayList<>();
			try {
				for (int i = 0; i < GUARDS; i++) {
					guards.add(ConnectionGuard.builder().build());
					pools.add(guards.get(i).guard(configuration(server)));
				}
				Awaitility.await().atMost(PATIENCE).until(() -> isFull(pools));
				server.restart();
				Awaitility.await().atMost(PATIENCE).until(() -> users(server, "CURRENT_CONNECTIONS") == GUARDS * POOL);
				Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> isFull(pools));
				assertThat(users(server, "TOTAL_CONNECTIONS")).isBetween((long) GUARDS * POOL,
						(long) GUARDS * (POOL + LOGINS_OF_A_GUARD));
			}
			finally {
				pools.forEach(HikariDataSource::close);
				guards.forEach(ConnectionGuard::close);
			}
		}
	}

	private static HikariConfig configuration(TestServer server) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(server.jdbcUrl(""));
		config.setUsername("fleet");
		config.setPassword("fleet");
		config.setMaximumPoolSize(POOL);
		return config;
	}

	private static boolean isFull(List<HikariDataSource> pools) {
		return pools.stream().allMatch((pool) -> pool.getHikariPoolMXBean().getIdleConnections() == POOL);
	}

	private static long users(TestServer server, String column) throws SQLException {
		try (Connection connection = server.connect("");
				PreparedStatement statement = connection
					.prepareStatement("SELECT " + column + " FROM performance_schema.users WHERE USER = 'fleet'");
				ResultSet row = statement.executeQuery()) {
			return row.next() ? row.getLong(1) : 0;
		}
	}

}
