package io.github.connectionguard.driver;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.connectionguard.driver.ConnectionPing.Answer;
import io.github.connectionguard.driver.ConnectionSocket.Sight;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link ChannelSocket} under MySQL Connector/J, on a real server.
 */
class ChannelSocketTests {

	private static final String PLAIN = "sslMode=DISABLED";

	private static final String TLS = "sslMode=REQUIRED";

	private static final int MANY = 30;

	private static final int LOOKS = 100_000;

	private static final int STATEMENTS = 100;

	private static final Path READS = Path.of("/proc/thread-self/io");

	private static final String READ_CALLS = "syscr: ";

	private static TestServer server;

	@BeforeAll
	static void startServer() {
		server = TestServer.shared().isMariaDb() ? TestServer.start("--ssl=ON") : TestServer.start();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { PLAIN, TLS })
	void statementThatIsInterruptedGetsItsResultAndKeepsTheFlag(String mode) throws Exception {
		try (Connection connection = connect(mode)) {
			AtomicBoolean flag = new AtomicBoolean();
			CompletableFuture<Long> result = new CompletableFuture<>();
			Thread client = new Thread(() -> {
				try {
					result.complete(select(connection, "SELECT 40 + 2 + SLEEP(1)"));
				}
				catch (SQLException ex) {
					result.completeExceptionally(ex);
				}
				flag.set(Thread.currentThread().isInterrupted());
			});
			client.start();
			Awaitility.await().until(() -> isSleeping());
			client.interrupt();
			assertThat(result.get()).isEqualTo(42);
			client.join();
			assertThat(flag).isTrue();
			assertThat(select(connection, "SELECT 1")).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { PLAIN, TLS })
	void statementOfAThreadThatWasInterruptedBeforeGetsItsResult(String mode) throws Exception {
		try (Connection connection = connect(mode)) {
			Thread.currentThread().interrupt();
			assertThat(select(connection, "SELECT 1")).isOne();
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { PLAIN, TLS })
	void bytesInAndOutAreTheSameBeyondAnyBuffer(String mode) throws Exception {
		try (Connection connection = connect(mode);
				PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
			byte[] bytes = new byte[3_000_000];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = (byte) (i * 31);
			}
			statement.setBytes(1, bytes);
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				assertThat(rows.getBytes(1)).isEqualTo(bytes);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { PLAIN, TLS })
	void killedSessionIsSeenWithoutARoundTrip(String mode) throws Exception {
		ConnectAttempt attempt = new ConnectAttempt();
		try (Connection connection = attempt.run(() -> connect(mode))) {
			ConnectionSocket socket = attempt.socket();
			assertThat(socket.look()).isEqualTo(Sight.QUIET);
			long id = select(connection, "SELECT CONNECTION_ID()");
			assertThat(socket.look()).isEqualTo(Sight.QUIET);
			try (Connection other = connect(PLAIN); Statement statement = other.createStatement()) {
				statement.execute("KILL " + id);
			}
			Awaitility.await().until(() -> socket.look() != Sight.QUIET);
			assertThat(ConnectionPing.of(connection).ping(Duration.ofSeconds(1))).isEqualTo(Answer.DEAD);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void endByTheOtherSideIsToldFromOnesOwn(boolean reset) throws Exception {
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ChannelSocket ended = new ChannelSocket();
				ChannelSocket cut = new ChannelSocket()) {
			ended.connect(listener.getLocalSocketAddress());
			try (Socket other = listener.accept()) {
				other.setSoLinger(reset, 0);
			}
			Awaitility.await().until(() -> ended.look() == Sight.CLOSED);
			assertThat(ended.isEnded()).isTrue();
			cut.connect(listener.getLocalSocketAddress());
			cut.cut();
			assertThat(cut.look()).isEqualTo(Sight.CLOSED);
			assertThat(cut.isEnded()).isFalse();
		}
	}

	/**
	 * A driver skips what is there before it sends a statement, and would wait for it if
	 * it were not.
	 */
	@Test
	void nothingIsThereForTheDriverWhileAnotherThreadLooksAndNothingHasCome() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ChannelSocket socket = new ChannelSocket()) {
			socket.connect(listener.getLocalSocketAddress());
			Thread looking = new Thread(() -> {
				while (!over.get()) {
					socket.look();
				}
			});
			looking.start();
			try {
				for (int i = 0; i < LOOKS; i++) {
					assertThat(socket.getInputStream().available()).isZero();
				}
			}
			finally {
				over.set(true);
				looking.join();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "SELECT REPEAT('x', 500000)" })
	void answerTakesNoMoreReadsThanWithTheDriversOwnSocket(String sql) throws Exception {
		assumeThat(READS).exists();
		try (Connection plain = DriverManager.getConnection(url(PLAIN), server.username(), server.password());
				Connection guarded = connect(PLAIN)) {
			long own = reads(plain, sql);
			assertThat(reads(guarded, sql)).isLessThanOrEqualTo(own + own / 10);
		}
	}

	private static long reads(Connection connection, String sql) throws SQLException, IOException {
		try (Statement statement = connection.createStatement()) {
			long before = reads();
			for (int i = 0; i < STATEMENTS; i++) {
				statement.executeQuery(sql).close();
			}
			return reads() - before;
		}
	}

	/**
	 * Return how often this thread has read, by the system.
	 */
	private static long reads() throws IOException {
		return Files.readAllLines(READS)
			.stream()
			.filter((line) -> line.startsWith(READ_CALLS))
			.mapToLong((line) -> Long.parseLong(line.substring(READ_CALLS.length())))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * What the system's calls need there is the thread's, and no more than for one read.
	 */
	@Test
	void connectionsHaveNoMemoryOutsideTheHeapHoweverMuchTheyTransfer() throws Exception {
		try (Connection first = connect(PLAIN)) {
			select(first, "SELECT 1");
			long before = outsideTheHeap();
			List<Connection> connections = new ArrayList<>();
			try {
				for (int i = 0; i < MANY; i++) {
					connections.add(connect(PLAIN));
					select(connections.get(i), "SELECT LENGTH('%s')".formatted("x".repeat(500_000)));
				}
				assertThat(outsideTheHeap() - before).isLessThan(MANY * 10_000);
			}
			finally {
				for (Connection connection : connections) {
					connection.close();
				}
			}
		}
	}

	private static long outsideTheHeap() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	@Test
	void connectionThatRestsHasOneDescriptorAndGoesOn() throws Exception {
		List<ConnectAttempt> attempts = new ArrayList<>();
		List<Connection> connections = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			attempts.add(new ConnectAttempt());
			connections.add(attempts.get(i).run(() -> connect(PLAIN)));
		}
		long before = descriptors();
		attempts.forEach((attempt) -> attempt.socket().rest());
		assertThat(before - descriptors()).isGreaterThan(MANY);
		for (Connection connection : connections) {
			assertThat(select(connection, "SELECT 1")).isOne();
			connection.close();
		}
	}

	private static long descriptors() {
		assumeThat(ManagementFactory.getOperatingSystemMXBean()).isInstanceOf(UnixOperatingSystemMXBean.class);
		return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class).getOpenFileDescriptorCount();
	}

	@Test
	void optionsAreThoseOfTheConnection() throws Exception {
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ChannelSocket socket = new ChannelSocket()) {
			socket.connect(listener.getLocalSocketAddress());
			socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
			assertThat(socket.getChannel().getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
			assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
			socket.setReuseAddress(true);
			assertThat(socket.getReuseAddress()).isTrue();
			assertThat(socket.supportedOptions()).contains(StandardSocketOptions.SO_KEEPALIVE);
		}
	}

	@Test
	void readThatTakesTooLongTimesOut() throws Exception {
		try (Connection connection = connect(PLAIN)) {
			connection.setNetworkTimeout(Runnable::run, 300);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> select(connection, "SELECT SLEEP(5)"))
				.withStackTraceContaining("SocketTimeoutException");
		}
	}

	@Test
	void connectionThatIsClosedByAnotherThreadStopsWaiting() throws Exception {
		try (Connection connection = connect(PLAIN)) {
			CompletableFuture<Long> result = CompletableFuture.supplyAsync(() -> {
				try {
					return select(connection, "SELECT 7 + SLEEP(30)");
				}
				catch (SQLException ex) {
					return -1L;
				}
			});
			Awaitility.await().until(() -> isSleeping());
			connection.abort(Runnable::run);
			assertThat(result.get()).isEqualTo(-1);
		}
	}

	private static Connection connect(String mode) throws SQLException {
		return DriverManager.getConnection(url(mode) + "&socketFactory=" + ChannelSocketFactory.class.getName(),
				server.username(), server.password());
	}

	private static String url(String mode) {
		return server.jdbcUrl("").replaceAll("sslMode=\\w+", mode);
	}

	private static boolean isSleeping() throws SQLException {
		try (Connection connection = server.connect("")) {
			return select(connection, "SELECT COUNT(*) FROM information_schema.processlist "
					+ "WHERE info LIKE 'SELECT % + SLEEP(%' AND id <> CONNECTION_ID()") > 0;
		}
	}

	private static long select(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getLong(1);
		}
	}

}
