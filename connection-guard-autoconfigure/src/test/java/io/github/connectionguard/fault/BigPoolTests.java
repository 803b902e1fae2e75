package io.github.connectionguard.fault;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a pool with many connections takes of the application.
 */
@Tag("extended")
@Tag("timed")
class BigPoolTests {

	private static final int POOL = 140;

	private static final int MOST_AT_A_TIME = 100;

	private static final Duration A_MINUTE = Duration.ofMinutes(1);

	@Test
	void noMoreThanSomeThreadsWaitForAServerThatStandsStillAndAllConnectionsArePinged() {
		ExecutorService threads = Executors.newCachedThreadPool();
		try (TestServer server = TestServer.start("--max-connections=1000");
				Requests requests = Requests.to(server, POOL, "spring.datasource.hikari.connection-timeout=60000",
						"spring.datasource.hikari.validation-timeout=50000")) {
			GuardedPool pool = requests.pool();
			Awaitility.await().atMost(A_MINUTE).until(() -> pool.snapshot().idle() == POOL);
			long begin = pool.ledger().now();
			server.freeze();
			try {
				assertThat(pool.pingIdle(threads)).isEqualTo(POOL);
				Awaitility.await().atMost(A_MINUTE).until(() -> pingsUnderWay(pool) == MOST_AT_A_TIME);
				assertThat(pool.pingIdle(threads)).as("pinged although they wait for it already").isZero();
				Awaitility.await().during(Duration.ofMillis(200)).until(() -> pingsUnderWay(pool) == MOST_AT_A_TIME);
			}
			finally {
				server.thaw();
			}
			Awaitility.await()
				.atMost(A_MINUTE)
				.until(() -> pool.snapshot().idle() == POOL && isHeardSince(pool, begin));
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static long pingsUnderWay(GuardedPool pool) {
		return pool.ledger()
			.connections()
			.stream()
			.filter((connection) -> connection.wire().pings().isUnderWay())
			.count();
	}

	private static boolean isHeardSince(GuardedPool pool, long time) {
		return pool.ledger().connections().stream().allMatch((connection) -> connection.wire().isHeardSince(time));
	}

}
