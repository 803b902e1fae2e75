package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a server that stands still for a while.
 */
@Tag("slow")
@Tag("timed")
class FrozenServerTests {

	private static TestServer server;

	@BeforeAll
	static void startServer() {
		server = TestServer.start();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void nothingFailsWhileTheServerStandsStill() {
		try (Requests requests = Requests.to(server);
				Traffic traffic = Traffic.of(Requests.POOL, requests.statement("SELECT 1"))) {
			freeze(Duration.ofSeconds(3));
			traffic.goOn(500);
			assertThat(traffic.failures()).isEmpty();
		}
	}

	@Test
	@Tag("slow")
	void nothingFailsWhenEveryConnectionIsPingedWhileItIsBorrowed() {
		try (Requests requests = Requests.to(server, "connection-guard.network-idle-timeout=1s");
				Traffic traffic = Traffic.of(2, requests.statement("SELECT 1"))) {
			freeze(Duration.ofSeconds(3));
			traffic.goOn(500);
			assertThat(traffic.failures()).isEmpty();
		}
	}

	@Test
	void pingOfAConnectionInUseHasNoLimit() throws SQLException {
		try (Requests requests = Requests.to(server);
				Connection held = requests.dataSource().getConnection();
				Statement statement = held.createStatement()) {
			PhysicalConnection physical = requests.pool()
				.ledger()
				.connections()
				.stream()
				.filter(PhysicalConnection::isHeld)
				.findFirst()
				.orElseThrow();
			server.freeze();
			CompletableFuture<Void> ping = CompletableFuture
				.runAsync(() -> physical.wire().pings().keepAlive(Duration.ofMillis(100)));
			Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
			server.thaw();
			ping.join();
			assertThat(statement.execute("SELECT 1")).isTrue();
		}
	}

	private static void freeze(Duration time) {
		server.freeze();
		Awaitility.await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
		server.thaw();
	}

}
