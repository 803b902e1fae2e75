package io.github.connectionguard.keepalive;

import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.ServerPings;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the keepalive with HikariCP's own.
 */
@Tag("slow")
@Tag("timed")
class KeepaliveComparisonTests {

	private static final int POOL = 10;

	@Test
	void idleConnectionsSeeNoMorePingsThanWithoutTheGuard() {
		try (TestServer guarded = TestServer.start("--performance-schema=ON");
				TestServer unguarded = TestServer.start("--performance-schema=ON")) {
			try (ConfigurableApplicationContext with = start(guarded, true);
					ConfigurableApplicationContext without = start(unguarded, false)) {
				fill(with);
				fill(without);
				long before = pings(guarded);
				long beforeWithout = pings(unguarded);
				Awaitility.await().pollDelay(Duration.ofSeconds(95)).atMost(Duration.ofSeconds(100)).until(() -> true);
				assertThat(pings(guarded) - before).isGreaterThanOrEqualTo(3 * POOL)
					.isLessThanOrEqualTo(pings(unguarded) - beforeWithout);
			}
		}
	}

	/**
	 * Start an application whose guard does not ask beside that whether a server that is
	 * quiet is there at all.
	 */
	private static ConfigurableApplicationContext start(TestServer server, boolean guarded) {
		return GuardedApplication.start(server, server.createDatabase(), "connection-guard.enabled=" + guarded,
				"connection-guard.validation.ping-after=1h", "spring.datasource.hikari.maximum-pool-size=" + POOL,
				"spring.datasource.hikari.keepalive-time=30000");
	}

	private static void fill(ConfigurableApplicationContext application) {
		HikariDataSource pool = application.getBean(HikariDataSource.class);
		try {
			pool.getConnection().close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		Awaitility.await().until(() -> pool.getHikariPoolMXBean().getIdleConnections() == POOL);
	}

	private static long pings(TestServer server) {
		return ServerPings.bySession(server).values().stream().mapToLong(Long::longValue).sum();
	}

}
