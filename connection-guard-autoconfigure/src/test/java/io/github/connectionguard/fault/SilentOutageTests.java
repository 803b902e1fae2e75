package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a path on which packets are lost for a while, with the guard and without it:
 * TCP delivers in the end what was sent meanwhile.
 */
@Tag("extended")
@Tag("timed")
class SilentOutageTests {

	private static final Logger logger = LoggerFactory.getLogger(SilentOutageTests.class);

	private static final Duration SLACK = Duration.ofMillis(500);

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final TcpHop hop = TcpHop.to(this.server.port());

	private final ExecutorService clients = Executors.newCachedThreadPool();

	private final AtomicInteger keys = new AtomicInteger();

	@AfterEach
	void close() {
		this.hop.close();
		this.clients.shutdownNow();
	}

	@Test
	void noWriteFailsThatWouldNotWithoutTheGuard() throws Exception {
		writesInAnOutage(1, 3);
	}

	@Tag("slow")
	@ParameterizedTest
	@CsvSource({ "5, 5", "0, 12", "12, 8" })
	void noWriteFailsThatWouldNotWithoutTheGuard(int idleSeconds, int outageSeconds) throws Exception {
		writesInAnOutage(idleSeconds, outageSeconds);
	}

	private void writesInAnOutage(int idleSeconds, int outageSeconds) throws Exception {
		try (Connection connection = this.server.connect(this.database);
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE work (id INT PRIMARY KEY)");
		}
		try (Requests requests = Requests.through(this.hop, this.server, this.database);
				UnguardedPool unguarded = UnguardedPool.through(this.hop, this.server, this.database)) {
			write(requests.dataSource());
			write(unguarded.dataSource());
			await(Duration.ofSeconds(idleSeconds));
			this.hop.lose();
			await(Duration.ofSeconds(1));
			List<Future<Write>> with = submitWrites(requests.dataSource());
			List<Future<Write>> without = submitWrites(unguarded.dataSource());
			await(Duration.ofSeconds(outageSeconds - 1));
			this.hop.restore();
			List<Write> guarded = results(with);
			List<Write> raw = results(without);
			logger.info("After {} s idle, {} s of outage, with: {}, without: {}", idleSeconds, outageSeconds, guarded,
					raw);
			assertThat(raw).noneMatch(Write::failed);
			assertThat(guarded).noneMatch(Write::failed);
			assertThat(slowest(guarded)).isLessThan(slowest(raw).plus(SLACK));
			assertThat(rows()).containsAll(guarded.stream().map(Write::key).toList());
		}
	}

	private List<Future<Write>> submitWrites(DataSource dataSource) {
		List<Future<Write>> writes = new ArrayList<>();
		for (int i = 0; i < Requests.POOL; i++) {
			writes.add(this.clients.submit((Callable<Write>) () -> write(dataSource)));
		}
		return writes;
	}

	private Write write(DataSource dataSource) {
		int key = this.keys.incrementAndGet();
		long begin = System.nanoTime();
		SQLException failure = null;
		try (Connection connection = dataSource.getConnection();
				PreparedStatement insert = connection.prepareStatement("INSERT INTO work VALUES (?)")) {
			insert.setInt(1, key);
			insert.execute();
		}
		catch (SQLException ex) {
			failure = ex;
		}
		return new Write(key, Duration.ofNanos(System.nanoTime() - begin), failure);
	}

	private Set<Integer> rows() throws SQLException {
		Set<Integer> keys = new HashSet<>();
		try (Connection connection = this.server.connect(this.database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT id FROM work")) {
			while (rows.next()) {
				keys.add(rows.getInt(1));
			}
		}
		return keys;
	}

	private static List<Write> results(List<Future<Write>> writes)
			throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
		List<Write> results = new ArrayList<>();
		for (Future<Write> write : writes) {
			results.add(write.get(2, TimeUnit.MINUTES));
		}
		return results;
	}

	private static Duration slowest(List<Write> writes) {
		return writes.stream().map(Write::took).max(Duration::compareTo).orElseThrow();
	}

	private static void await(Duration time) {
		Awaitility.await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
	}

	private record Write(int key, Duration took, @Nullable SQLException failure) {

		boolean failed() {
			return this.failure != null;
		}

	}

}
