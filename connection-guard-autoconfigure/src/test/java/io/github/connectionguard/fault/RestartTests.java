package io.github.connectionguard.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.test.AtOnce;
import io.github.connectionguard.test.Bursts;
import io.github.connectionguard.test.Traffic;
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
 * Tests for a server that is restarted.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("extended")
@Tag("timed")
class RestartTests {

	private static final int BIG_POOL = 200;

	private static TestServer server;

	@BeforeAll
	static void startServer() {
		server = TestServer.start("--max-connections=1000");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void restartWhileQuietIsNotNoticedByTheNextRequests() throws Exception {
		try (Requests requests = Requests.to(server)) {
			server.restart();
			for (int burst = 0; burst < 2; burst++) {
				long begin = System.nanoTime();
				List<Throwable> failures = Bursts.of(requests.dataSource(), Requests.POOL);
				assertThat(failures).isEmpty();
				Duration took = Duration.ofNanos(System.nanoTime() - begin);
				assertThat(took).isLessThan(AtOnce.on(server, Duration.ofMillis(500)));
			}
		}
	}

	@Test
	void restartUnderTrafficFailsOnlyWhatIsInFlightAndTheRestWaits() {
		try (Requests requests = Requests.to(server);
				Traffic traffic = Traffic.of(Requests.POOL, requests.statement("SELECT 1"))) {
			long stopped = System.nanoTime();
			server.stop();
			CompletableFuture<Long> accepting = CompletableFuture.supplyAsync(RestartTests::awaitAccepting);
			server.startAgain();
			Duration outage = Duration.ofNanos(accepting.join() - stopped);
			Duration first = traffic.firstSuccessAfter(accepting.join());
			traffic.goOn(500);
			assertThat(traffic.failures()).hasSizeLessThanOrEqualTo(Requests.POOL);
			assertThat(first).isLessThan(AtOnce.on(server, Duration.ofMillis(100)).plus(late(outage)));
		}
	}

	/**
	 * A server that refuses connects is asked every 60 ms, or every hundredth of its
	 * outage if that is longer, by a clock that ticks every 20 ms.
	 */
	private static Duration late(Duration outage) {
		return Durations.max(outage.dividedBy(100), Duration.ofMillis(60)).plusMillis(20);
	}

	@Test
	@Tag("slow")
	void applicationThatClosesWhileConnectsWaitDoesNotWaitForThem() {
		Requests requests = Requests.to(server);
		try {
			server.stop();
			Awaitility.await().until(RestartTests::isAnyConnectWaiting);
			requests.close();
			assertThat(isAnyConnectWaiting()).isFalse();
		}
		finally {
			server.startAgain();
		}
	}

	private static boolean isAnyConnectWaiting() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.flatMap(Stream::of)
			.anyMatch((frame) -> frame.getClassName().endsWith("PatientConnects")
					&& frame.getMethodName().equals("pause"));
	}

	@Test
	@Tag("slow")
	void bigPoolIsOpenedAgainAsFastAsHikariFillsItAndWithOneWarning(CapturedOutput output) {
		try (Requests requests = Requests.to(server, BIG_POOL)) {
			server.stop();
			CompletableFuture<Long> accepting = CompletableFuture.supplyAsync(RestartTests::awaitAccepting);
			server.startAgain();
			awaitIdle(BIG_POOL, () -> requests.pool().snapshot().idle());
			Duration reopened = Duration.ofNanos(System.nanoTime() - accepting.join());
			assertThat(output.getAll().lines().filter((line) -> line.contains(" WARN "))).hasSize(1);
			assertThat(reopened).isLessThan(timeHikariTakesToFill(BIG_POOL).multipliedBy(3).dividedBy(2));
		}
	}

	private static Duration timeHikariTakesToFill(int size) {
		long begin = System.nanoTime();
		try (HikariDataSource unguarded = new HikariDataSource()) {
			unguarded.setJdbcUrl(server.jdbcUrl(""));
			unguarded.setUsername(server.username());
			unguarded.setPassword(server.password());
			unguarded.setMaximumPoolSize(size);
			unguarded.getConnection().close();
			awaitIdle(size, () -> unguarded.getHikariPoolMXBean().getIdleConnections());
			return Duration.ofNanos(System.nanoTime() - begin);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitIdle(int size, IntSupplier idle) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> idle.getAsInt() == size);
	}

	/**
	 * Connect until somebody answers, which is a few milliseconds before anybody can log
	 * in.
	 */
	private static long awaitAccepting() {
		InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
		while (true) {
			try (Socket socket = new Socket()) {
				socket.connect(address);
				return System.nanoTime();
			}
			catch (IOException ex) {
				Thread.onSpinWait();
			}
		}
	}

}
