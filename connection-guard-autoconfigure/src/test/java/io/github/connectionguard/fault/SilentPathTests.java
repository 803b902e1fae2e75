package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.github.connectionguard.report.Reachability.Status;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a path to the server on which nothing passes and nobody says so.
 */
@Tag("extended")
@Tag("timed")
class SilentPathTests {

	private static final int CLIENTS = 4;

	/**
	 * What is lent later than this after the last answer is pinged.
	 */
	private static final Duration UNHEARD = Duration.ofSeconds(1);

	/**
	 * TCP by itself tries a connect again after a second at the earliest.
	 */
	private static final Duration AT_ONCE = Duration.ofMillis(500);

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@Test
	@Tag("slow")
	void shortSilenceFailsOnlyWhatIsInFlight() {
		trafficGoesOnAfterSilenceOf(Duration.ofSeconds(6));
	}

	@Test
	@Tag("slow")
	void longSilenceFailsOnlyWhatIsInFlight() {
		trafficGoesOnAfterSilenceOf(Duration.ofSeconds(20));
	}

	/**
	 * The flows in use are lost, as a firewall on the way has forgotten them: who waits
	 * for an answer does so for as long as TCP might still deliver it.
	 */
	private void trafficGoesOnAfterSilenceOf(Duration silence) {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database)) {
			try (Traffic traffic = Traffic.of(CLIENTS, requests.statement("SELECT 1"))) {
				hop.lose();
				hop.forget();
				Awaitility.await().pollDelay(UNHEARD).until(() -> true);
				Traffic late = Traffic.begin(CLIENTS, requests.statement("SELECT 1"));
				Awaitility.await().pollDelay(silence).atMost(silence.plusSeconds(5)).until(() -> true);
				assertThat(requests.pool().server().reachability().status()).isEqualTo(Status.UNREACHABLE);
				hop.restore();
				Duration first = late.firstSuccessAfter(System.nanoTime());
				late.goOn(500);
				late.close();
				assertThat(late.failures()).hasSizeLessThanOrEqualTo(CLIENTS);
				assertThat(first).isLessThan(AT_ONCE);
				traffic.goOn(500);
				assertThat(traffic.failures()).hasSizeLessThanOrEqualTo(CLIENTS);
			}
			Awaitility.await().until(() -> !isAnyThreadWaitingForTheServer());
		}
	}

	/**
	 * While other connections are answered, the server is asked for rarely; not any
	 * longer when they are not.
	 */
	@Test
	@Tag("slow")
	void silenceThatBeginsWhileNobodyIsLetInEndsAsAnyOther() throws SQLException {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database);
				Traffic traffic = Traffic.of(CLIENTS, requests.statement("SELECT 1"))) {
			long session = requests.query("SELECT CONNECTION_ID()");
			hop.keepOut();
			this.server.execute("KILL " + session);
			Awaitility.await().until(() -> requests.pool().snapshot().total() < Requests.POOL);
			traffic.goOn(1000);
			hop.lose();
			hop.forget();
			Awaitility.await().pollDelay(UNHEARD).until(() -> true);
			Traffic late = Traffic.begin(CLIENTS, requests.statement("SELECT 1"));
			Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
			hop.restore();
			assertThat(late.firstSuccessAfter(System.nanoTime())).isLessThan(AT_ONCE);
			late.close();
		}
	}

	private static boolean isAnyThreadWaitingForTheServer() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.flatMap(Stream::of)
			.anyMatch((frame) -> frame.getClassName().endsWith(".Readiness") && frame.getMethodName().equals("await"));
	}

	@Test
	void silenceIsNoticedWithoutTraffic() {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database,
						"connection-guard.validation.ping-after=2s")) {
			hop.silence();
			Awaitility.await()
				.atMost(Duration.ofSeconds(15))
				.until(() -> requests.pool().server().reachability().status() == Status.UNREACHABLE);
			hop.restore();
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.until(() -> requests.pool().server().reachability().status() == Status.REACHABLE
						&& requests.pool().snapshot().idle() == Requests.POOL);
		}
	}

	@Test
	@Tag("slow")
	void longStatementSurvivesASilenceThatLosesNothing() throws SQLException {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database)) {
			CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
				Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
				hop.hold();
				Awaitility.await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
				hop.restore();
			});
			assertThat(requests.query("SELECT 42 + SLEEP(60)")).isEqualTo(42);
			end.join();
		}
	}

	@Test
	@Tag("slow")
	void statementThatTheServerNeverGotIsGivenUp() throws SQLException {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database);
				Connection connection = requests.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("SELECT 1");
			hop.forgetIdleAfter(Duration.ofMillis(300));
			Awaitility.await().until(() -> hop.flows() == 0);
			CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> {
				try {
					return statement.execute("SELECT 1");
				}
				catch (SQLException ex) {
					throw new CompletionException(ex);
				}
			});
			assertThat(answer).failsWithin(Duration.ofSeconds(75))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(SQLException.class);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"))
				.withMessageContaining("roll back and start again");
		}
	}

}
