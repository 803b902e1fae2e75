package io.github.connectionguard.fault;

import java.time.Duration;

import io.github.connectionguard.test.Bursts;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@code wait_timeout} that is lowered while the application runs.
 */
@Tag("timed")
class LoweredLimitTests {

	@Test
	@Tag("slow")
	void connectionsOfBeforeAndAfterOutliveTheirOwnLimits() throws Exception {
		try (TestServer server = TestServer.start(); Requests requests = Requests.to(server)) {
			server.execute("SET GLOBAL wait_timeout = 2");
			for (int i = 0; i < Requests.POOL / 2; i++) {
				server.execute("KILL " + requests.query("SELECT CONNECTION_ID()"));
				Awaitility.await().until(() -> requests.pool().snapshot().idle() == Requests.POOL);
			}
			assertThat(requests.pool().plan()).isNotNull()
				.satisfies((plan) -> assertThat(plan.limit()).isEqualTo(Duration.ofSeconds(2)));
			long aborted = server.status("Aborted_clients");
			Awaitility.await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
			assertThat(Bursts.of(requests.dataSource(), Requests.POOL)).isEmpty();
			assertThat(server.status("Aborted_clients")).isEqualTo(aborted);
		}
	}

}
