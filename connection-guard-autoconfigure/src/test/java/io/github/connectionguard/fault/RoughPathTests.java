package io.github.connectionguard.fault;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.test.Bursts;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a path to the server that cuts connections, or is slow.
 */
@Tag("timed")
class RoughPathTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final TcpHop hop = TcpHop.to(this.server.port());

	@AfterEach
	void closeHop() {
		this.hop.close();
	}

	@Test
	void resetWhileQuietIsNotNoticedByTheNextRequests() throws Exception {
		try (Requests requests = Requests.through(this.hop, this.server, this.database)) {
			for (int i = 0; i < 5; i++) {
				this.hop.reset();
				Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
				assertThat(Bursts.of(requests.dataSource(), Requests.POOL)).isEmpty();
			}
		}
	}

	@Test
	void resetUnderTrafficFailsOnlyWhatIsInFlight() {
		try (Requests requests = Requests.through(this.hop, this.server, this.database);
				Traffic traffic = Traffic.of(Requests.POOL, requests.statement("SELECT 1"))) {
			this.hop.reset();
			traffic.goOn(500);
			assertThat(traffic.failures()).hasSizeLessThanOrEqualTo(Requests.POOL);
		}
	}

	@Test
	@Tag("slow")
	void slowPathCostsNoConnection() {
		try (Requests requests = Requests.through(this.hop, this.server, this.database,
				"connection-guard.validation.ping-after=0s")) {
			this.hop.delay(Duration.ofMillis(200));
			try (Traffic traffic = Traffic.of(2, requests.statement("SELECT 1"))) {
				traffic.goOn(10);
				assertThat(traffic.failures()).isEmpty();
			}
			assertThat(requests.pool().report().lastLoss()).isNull();
		}
	}

	@Test
	void deathOfOneHasAllOthersPingedThatCannotBeLookedAt() throws SQLException {
		try (Requests requests = Requests.through(this.hop, this.server, this.database,
				"spring.datasource.hikari.data-source-properties.socketFactory=com.mysql.cj.protocol."
						+ "StandardSocketFactory")) {
			Set<PhysicalConnection> before = Set.copyOf(requests.pool().ledger().connections());
			assertThat(before).allMatch((connection) -> connection.wire().isBlind());
			this.hop.reset();
			Awaitility.await().pollDelay(Duration.ofMillis(600)).until(() -> true);
			assertThat(requests.query("SELECT 42")).isEqualTo(42);
			Awaitility.await()
				.untilAsserted(() -> assertThat(requests.pool().ledger().connections()).hasSize(Requests.POOL)
					.doesNotContainAnyElementsOf(before));
		}
	}

}
