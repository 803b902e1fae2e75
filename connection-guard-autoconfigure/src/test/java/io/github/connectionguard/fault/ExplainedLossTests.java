package io.github.connectionguard.fault;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.FlightRecorder;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.report.Loss;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is told of why connections were lost, once their server was asked.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExplainedLossTests {

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
	void killIsToldFromWhateverElseEndsASession(CapturedOutput output) throws SQLException {
		try (Requests requests = Requests.to(server)) {
			for (PhysicalConnection connection : requests.pool().ledger().connections()) {
				server.execute("KILL " + Objects.requireNonNull(connection.facts()).connectionId());
			}
			assertExplained(requests, LossCause.KILLED, "somebody killed the session");
			assertThat(output).contains("connections were lost: somebody killed the session")
				.contains("To do: find who did it");
		}
	}

	@Test
	@Tag("slow")
	void restartIsTold() throws SQLException {
		try (TestServer own = TestServer.start(); Requests requests = Requests.to(own)) {
			Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true); // uptime
																					// is
																					// in
																					// seconds
			own.restart();
			assertExplained(requests, LossCause.SERVER_RESTARTED, "the server was started again");
		}
	}

	@Test
	void proxyThatEndsBothSidesIsTold() throws SQLException {
		try (TcpHop hop = TcpHop.to(server.port());
				Requests requests = Requests.through(hop, server, server.createDatabase())) {
			hop.reset();
			assertExplained(requests, LossCause.NETWORK, "ended it on both sides");
		}
	}

	@Test
	void deviceThatForgetsIsTold() throws SQLException {
		try (TcpHop hop = TcpHop.to(server.port());
				Requests requests = Requests.through(hop, server, server.createDatabase(),
						"connection-guard.validation.ping-after=0s")) {
			hop.forget();
			requests.query("SELECT 1");
			assertExplained(requests, LossCause.NETWORK, "the server answered others");
		}
	}

	@Test
	@Tag("slow")
	void serverThatStoodStillIsTold() throws SQLException {
		try (TestServer own = TestServer.start();
				Requests requests = Requests.to(own, "spring.datasource.hikari.validation-timeout=1000",
						"connection-guard.validation.ping-after=0s")) {
			own.freeze();
			Thread asking = new Thread(() -> {
				try {
					requests.query("SELECT 1");
				}
				catch (SQLException ex) {
					// not what is looked at
				}
			});
			asking.start();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> requests.pool().report().lastLoss() != null);
			Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
			own.thaw();
			assertExplained(requests, LossCause.SILENT, "the server stood still, or nothing came through");
		}
	}

	@Test
	void offlineModeIsTold() throws SQLException {
		if (server.isMariaDb()) {
			return; // has no such mode
		}
		server.execute("CREATE USER ordinary IDENTIFIED BY '" + server.password() + "'");
		server.execute("GRANT SELECT ON *.* TO ordinary");
		try (Requests requests = Requests.to(server, "spring.datasource.username=ordinary")) {
			server.execute("SET GLOBAL offline_mode = ON");
			try {
				assertExplained(requests, LossCause.SERVER_OFFLINE, "the server was set to offline mode");
			}
			finally {
				server.execute("SET GLOBAL offline_mode = OFF");
			}
		}
	}

	private static void assertExplained(Requests requests, LossCause cause, String sentence) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(explained(requests)).isNotEmpty().allSatisfy((explained) -> {
				assertThat(explained.cause()).isEqualTo(cause);
				assertThat(explained.description()).contains(sentence);
			});
			Loss last = requests.pool().report().lastLoss();
			assertThat(last).isNotNull();
			assertThat(last.cause()).isEqualTo(cause);
		});
	}

	private static List<GuardEvent.LossExplained> explained(Requests requests) {
		FlightRecorder recorder = requests.events().recorder();
		return recorder.events()
			.stream()
			.filter(GuardEvent.LossExplained.class::isInstance)
			.map(GuardEvent.LossExplained.class::cast)
			.toList();
	}

}
