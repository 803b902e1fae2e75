package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import io.github.connectionguard.test.Bursts;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sessions that are killed while clients are busy.
 */
@Tag("extended")
@Tag("timed")
class KilledUnderTrafficTests {

	private static final int RUNS = 5;

	/**
	 * What a client does with the connection it holds, besides running statements.
	 */
	private static final Duration PAUSE = Duration.ofMillis(5);

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
	void onlyRequestsThatAreLentAConnectionForTheirStatementFail() throws Exception {
		List<Integer> failed = new ArrayList<>();
		for (int run = 0; run < RUNS; run++) {
			try (Requests requests = Requests.to(server)) {
				Calls calls = new Calls(requests.dataSource());
				try (Traffic traffic = Traffic.of(Requests.POOL, calls)) {
					for (int kill = 0; kill < 3; kill++) {
						killAll();
						traffic.goOn(300);
					}
					failed.add(traffic.failures().size());
					assertThat(calls.failedElsewhere).isEmpty();
					assertThat(calls.failedTwice).isEmpty();
				}
			}
		}
		failed.sort(null);
		assertThat(failed.get(RUNS / 2)).isLessThanOrEqualTo(8);
	}

	/**
	 * A connection that goes from hand to hand is looked at when it is used.
	 */
	@Test
	void connectionsThatNeverRestFailNoMoreThanOnceEach() throws Exception {
		try (Requests requests = Requests.to(server)) {
			try (Traffic traffic = Traffic.of(4 * Requests.POOL, () -> readOnly(requests.dataSource()))) {
				for (int kill = 1; kill <= RUNS; kill++) {
					killAll();
					traffic.goOn(1000);
					assertThat(traffic.failures()).hasSizeLessThanOrEqualTo(kill * Requests.POOL);
				}
			}
		}
	}

	/**
	 * Do as a finder of Spring Data does.
	 */
	private static void readOnly(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.executeQuery("SELECT 1").close();
			}
			connection.commit();
		}
	}

	@Test
	void sessionsThatAreAllBusyFailOnceEach() throws Exception {
		try (Requests requests = Requests.to(server)) {
			AtomicInteger failures = new AtomicInteger();
			List<Thread> clients = new ArrayList<>();
			for (int i = 0; i < Requests.POOL; i++) {
				clients.add(new Thread(() -> {
					try {
						requests.query("SELECT SLEEP(30)");
					}
					catch (SQLException ex) {
						failures.incrementAndGet();
					}
				}));
			}
			clients.forEach(Thread::start);
			Awaitility.await().until(() -> requests.pool().snapshot().active() == Requests.POOL);
			killAll();
			assertThat(Bursts.of(requests.dataSource(), Requests.POOL)).isEmpty();
			for (Thread client : clients) {
				client.join();
			}
			assertThat(failures).hasValue(Requests.POOL);
		}
	}

	private static void killAll() throws SQLException {
		try (Connection connection = server.connect("mysql"); Statement statement = connection.createStatement()) {
			List<Long> sessions = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery("SELECT id FROM information_schema.processlist "
					+ "WHERE id <> CONNECTION_ID() AND user NOT IN ('event_scheduler', 'system user')")) {
				while (rows.next()) {
					sessions.add(rows.getLong(1));
				}
			}
			server.kill(sessions);
		}
	}

	/**
	 * Calls that know whether they failed from the moment they were lent a connection
	 * until their statement had its answer.
	 */
	private static final class Calls implements Traffic.Request {

		private final DataSource dataSource;

		private final Set<String> failed = ConcurrentHashMap.newKeySet();

		private final Queue<String> failedTwice = new ConcurrentLinkedQueue<>();

		private final Queue<SQLException> failedElsewhere = new ConcurrentLinkedQueue<>();

		Calls(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		@Override
		public void run() throws SQLException {
			boolean lent = false;
			try (Connection connection = this.dataSource.getConnection()) {
				lent = true;
				String name = connection.toString().replaceAll(".* wrapping ", "");
				try (Statement statement = connection.createStatement()) {
					statement.execute("SELECT 1");
				}
				catch (SQLException ex) {
					if (!this.failed.add(name)) {
						this.failedTwice.add(name);
					}
					throw ex;
				}
				lent = false;
				LockSupport.parkNanos(PAUSE.toNanos());
			}
			catch (SQLException ex) {
				if (!lent) {
					this.failedElsewhere.add(ex);
				}
				throw ex;
			}
		}

	}

}
