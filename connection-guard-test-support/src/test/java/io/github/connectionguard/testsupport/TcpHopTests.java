package io.github.connectionguard.testsupport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TcpHop}.
 */
@Tag("extended")
class TcpHopTests {

	private static final int MOMENT_MILLIS = 200;

	private final EchoServer server = new EchoServer();

	private final TcpHop hop = TcpHop.to(this.server.port());

	@AfterEach
	void close() {
		this.hop.close();
		this.server.close();
	}

	@Test
	void forwardsBytesAndTheirEnd() throws IOException {
		try (Socket socket = connect()) {
			assertThat(talk(socket)).isTrue();
			assertThat(this.hop.flows()).isOne();
			socket.shutdownOutput();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		await().until(() -> this.hop.flows() == 0);
		assertThat(this.server.ends()).isOne();
	}

	@Test
	void forwardsTheEndOfTheServer() throws IOException {
		try (Socket socket = connect()) {
			talk(socket);
			this.server.close();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void countsConnections() throws IOException {
		for (int i = 0; i < 3; i++) {
			try (Socket socket = connect()) {
				talk(socket);
			}
		}
		assertThat(this.hop.accepted()).isEqualTo(3);
		await().until(() -> this.hop.flows() == 0);
	}

	@Test
	void resetsConnectionsThatNobodyAccepts() throws IOException {
		this.hop.move(FreePort.find());
		try (Socket socket = connect()) {
			assertReset(socket);
		}
		assertThat(this.hop.flows()).isZero();
	}

	@Test
	void leadsNewConnectionsToAnotherServer() throws IOException {
		try (EchoServer other = new EchoServer(); Socket before = connect()) {
			talk(before);
			this.hop.move(other.port());
			try (Socket after = connect()) {
				assertThat(talk(after)).isTrue();
				assertThat(talk(before)).isTrue();
			}
			assertThat(this.server.bytes()).isEqualTo(2);
			assertThat(other.bytes()).isOne();
		}
	}

	@Test
	void forgetsIdleFlowsAndTellsNobody() throws IOException {
		this.hop.forgetIdleAfter(Duration.ofMillis(100));
		try (Socket socket = connect()) {
			talk(socket);
			await().until(() -> this.hop.flows() == 0);
			assertSwallowed(socket);
		}
		try (Socket next = connect()) {
			assertThat(talk(next)).isTrue();
		}
		await().during(Duration.ofMillis(MOMENT_MILLIS)).until(() -> this.server.ends() == 1);
		assertThat(this.server.bytes()).isEqualTo(2);
	}

	@Test
	void forgetsAtTheMomentBytesCome() throws IOException {
		this.hop.forgetIdleAfter(Duration.ofMillis(100));
		try (Socket socket = connect()) {
			talk(socket);
			awaitPassed(Duration.ofMillis(150));
			assertSwallowed(socket);
		}
		assertThat(this.server.bytes()).isOne();
	}

	@Test
	void forgetsNeitherTheBusyNorAnyoneAfterwards() throws IOException {
		this.hop.forgetIdleAfter(Duration.ofMillis(500));
		try (Socket socket = connect()) {
			long begin = System.nanoTime();
			while (System.nanoTime() - begin < Duration.ofMillis(700).toNanos()) {
				assertThat(talk(socket)).isTrue();
			}
			this.hop.forgetIdleAfter(Duration.ZERO);
			awaitPassed(Duration.ofMillis(600));
			assertThat(talk(socket)).isTrue();
		}
	}

	@Test
	void remembersAllFlowsOnHold() throws IOException {
		this.hop.forgetIdleAfter(Duration.ofMillis(500));
		try (Socket socket = connect()) {
			talk(socket);
			this.hop.hold();
			awaitPassed(Duration.ofMillis(600));
			assertThat(this.hop.flows()).isOne();
			this.hop.restore();
			assertThat(talk(socket)).isTrue();
		}
	}

	@Test
	void silenceSwallowsForEver() throws IOException {
		try (Socket before = connect()) {
			talk(before);
			this.hop.silence();
			assertThat(this.hop.flows()).isZero();
			assertSwallowed(before);
			try (Socket meanwhile = connect()) {
				assertSwallowed(meanwhile);
				this.hop.restore();
				assertSwallowed(meanwhile);
				assertSwallowed(before);
			}
			this.hop.reset();
			assertSwallowed(before);
		}
		try (Socket after = connect()) {
			assertThat(talk(after)).isTrue();
		}
		await().during(Duration.ofMillis(MOMENT_MILLIS)).until(() -> this.server.ends() == 1);
		assertThat(this.server.accepted()).isEqualTo(2);
		assertThat(this.server.bytes()).isEqualTo(2);
	}

	@Test
	void silenceSwallowsTheEndOfTheServer() throws IOException {
		try (Socket socket = connect()) {
			talk(socket);
			this.hop.silence();
			this.server.close();
			assertSwallowed(socket);
		}
	}

	@Test
	void silenceSwallowsWhatIsOnHold() throws IOException {
		try (Socket socket = connect()) {
			talk(socket);
			this.hop.hold();
			assertSwallowed(socket);
			this.hop.silence();
			this.hop.restore();
			assertSwallowed(socket);
			assertThat(this.server.bytes()).isOne();
		}
	}

	@Test
	void holdDeliversEverythingInTheEnd() throws Exception {
		try (Socket before = connect()) {
			talk(before);
			this.hop.hold();
			CompletableFuture<Boolean> early = CompletableFuture.supplyAsync(() -> talk(before));
			try (Socket meanwhile = connect()) {
				CompletableFuture<Boolean> late = CompletableFuture.supplyAsync(() -> talk(meanwhile));
				awaitPassed(Duration.ofMillis(MOMENT_MILLIS));
				assertThat(early).isNotDone();
				assertThat(late).isNotDone();
				assertThat(this.server.accepted()).isOne();
				this.hop.restore();
				assertThat(early.get()).isTrue();
				assertThat(late.get()).isTrue();
			}
		}
	}

	@Test
	void whatIsLostComesWhenItIsSentAgain() throws Exception {
		try (Socket socket = connect()) {
			talk(socket);
			this.hop.lose();
			CompletableFuture<Long> answer = CompletableFuture.supplyAsync(() -> talk(socket) ? System.nanoTime() : -1);
			awaitPassed(Duration.ofMillis(800));
			long restored = System.nanoTime();
			this.hop.restore();
			assertThat(answer.get() - restored).isBetween(Duration.ofMillis(300).toNanos(),
					Duration.ofMillis(800).toNanos()); // 200, 600 and 1400 ms after
		}
	}

	@Test
	void nobodyIsAnsweredWhoConnectsWhileEverythingIsLost() throws IOException {
		this.hop.lose();
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> {
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress("127.0.0.1", this.hop.port()), MOMENT_MILLIS);
			}
		});
		this.hop.restore();
		try (Socket after = connect()) {
			assertThat(talk(after)).isTrue();
		}
		assertThat(this.hop.accepted()).isOne();
	}

	@Test
	void delaysBothDirectionsUntilToldOtherwise() throws IOException {
		try (Socket socket = connect()) {
			talk(socket);
			this.hop.delay(Duration.ofMillis(300));
			long begin = System.nanoTime();
			assertThat(talk(socket)).isTrue();
			assertThat(System.nanoTime() - begin).isBetween(Duration.ofMillis(600).toNanos(),
					Duration.ofSeconds(5).toNanos());
			this.hop.delay(Duration.ZERO);
			begin = System.nanoTime();
			assertThat(talk(socket)).isTrue();
			assertThat(System.nanoTime() - begin).isLessThan(Duration.ofMillis(300).toNanos());
		}
	}

	@Test
	void resetCutsAllFlows() throws IOException {
		try (Socket one = connect(); Socket two = connect()) {
			talk(one);
			talk(two);
			this.hop.reset();
			assertReset(one);
			assertReset(two);
			await().until(() -> this.server.ends() == 2);
			assertThat(this.hop.flows()).isZero();
		}
		try (Socket next = connect()) {
			assertThat(talk(next)).isTrue();
		}
	}

	@Test
	void leavesNoThreadWhenItIsClosed() throws IOException {
		try (Socket alive = connect(); Socket dead = connect(); Socket held = connect()) {
			talk(alive);
			talk(dead);
			talk(held);
			this.hop.silence();
			this.hop.hold();
			held.getOutputStream().write(1);
			try (Socket late = connect()) {
				await().until(() -> this.hop.accepted() == 4);
				assertThat(late.isConnected()).isTrue();
				this.hop.close();
				assertReset(late);
			}
		}
		String name = "tcp-hop " + this.hop.port();
		await()
			.until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch((it) -> it.getName().startsWith(name)));
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect().close());
		await().until(() -> this.server.ends() == 3);
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.hop.port());
		socket.setSoTimeout(10_000);
		return socket;
	}

	private static boolean talk(Socket socket) {
		try {
			socket.getOutputStream().write(42);
			return socket.getInputStream().read() == 42;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertSwallowed(Socket socket) throws IOException {
		socket.getOutputStream().write(1);
		socket.setSoTimeout(MOMENT_MILLIS);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
	}

	private static void assertReset(Socket socket) {
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
			.withMessageContaining("reset");
	}

	private static void awaitPassed(Duration time) {
		long begin = System.nanoTime();
		await().until(() -> System.nanoTime() - begin > time.toNanos());
	}

}
