package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.test.Bursts;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.ServerPings;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what a borrow gets after connections have died in the pool.
 */
class DeadConnectionTests {

	private static final int POOL = 8;

	private static final String MARIADB = "jdbc:mariadb:";

	private static TestServer server;

	@BeforeAll
	static void startServer() {
		server = TestServer.shared().isMariaDb() ? TestServer.start("--performance-schema=ON", "--ssl=ON")
				: TestServer.start("--performance-schema=ON");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sslMode=DISABLED", "sslMode=REQUIRED", MARIADB + "sslMode=disable",
			MARIADB + "sslMode=trust" })
	void burstAfterAllSessionsWereKilledDoesNotNotice(String sslMode) {
		runner(sslMode).run((context) -> {
			GuardedPool pool = filled(context);
			List<Throwable> failures = new ArrayList<>(Bursts.of(context.getBean(HikariDataSource.class), POOL));
			for (int i = 0; i < 5; i++) {
				filled(context);
				kill(sessions(pool));
				failures.addAll(Bursts.of(context.getBean(HikariDataSource.class), POOL));
			}
			assertThat(failures).isEmpty();
		});
	}

	@Test
	void deathThatAStatementMeetsIsNewsForAllIdleConnections() {
		runner("sslMode=DISABLED").run((context) -> {
			GuardedPool pool = filled(context);
			List<Long> before = sessions(pool);
			try (Connection held = context.getBean(HikariDataSource.class).getConnection();
					Statement statement = held.createStatement()) {
				kill(before);
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
				Awaitility.await()
					.atMost(Duration.ofSeconds(5))
					.untilAsserted(
							() -> assertThat(idleSessions(pool)).hasSize(POOL - 1).doesNotContainAnyElementsOf(before));
			}
		});
	}

	@Test
	void connectionIsNotLentAgainWhileItsDeathIsStillBeingTold() {
		runner("sslMode=DISABLED").run((context) -> {
			GuardedPool pool = filled(context);
			CompletableFuture<Void> noted;
			try (SlowLog log = SlowLog.of(PoolLosses.class)) {
				PhysicalConnection dead;
				try (Connection held = context.getBean(HikariDataSource.class).getConnection();
						Statement statement = held.createStatement()) {
					dead = pool.ledger()
						.connections()
						.stream()
						.filter(PhysicalConnection::isHeld)
						.findFirst()
						.orElseThrow();
					kill(sessions(pool, PhysicalConnection::isHeld));
					noted = CompletableFuture.runAsync(() -> glanceUntilLost(pool, dead));
					log.awaitMessage();
					assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
				}
				Awaitility.await().until(() -> !pool.ledger().connections().contains(dead));
			}
			noted.join();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "sslMode=DISABLED", MARIADB + "sslMode=disable" })
	void healthyPoolIsLookedAtAndNotPinged(String mode) {
		runner(mode).run((context) -> {
			GuardedPool pool = filled(context);
			HikariDataSource dataSource = context.getBean(HikariDataSource.class);
			try (Connection held = dataSource.getConnection(); Statement statement = held.createStatement()) {
				long before = pings(pool);
				Gaps gaps = new Gaps();
				for (int i = 0; i < 1000; i++) {
					statement.execute("SELECT 1");
					dataSource.getConnection().close();
					gaps.next();
				}
				assertThat(pings(pool) - before).isLessThanOrEqualTo(gaps.tooLong);
			}
		});
	}

	@Test
	void everyBorrowIsCheckedForGuardedPoolsAlone() {
		runner("sslMode=DISABLED").run((context) -> {
			filled(context);
			assertThat(System.getProperty("com.zaxxer.hikari.aliveBypassWindowMs")).isNull();
			assertThat(System.getProperty("com.zaxxer.hikari.enableRequestBoundaries")).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "sslMode=DISABLED", MARIADB + "sslMode=disable" })
	void sessionsWithoutAProxyAreToldFromThoseBehindOne(String mode) {
		runner(mode).run((context) -> {
			GuardedPool pool = filled(context);
			assertThat(pool.ledger().connections()).allSatisfy((connection) -> {
				ServerSessionFacts facts = connection.facts();
				assertThat(facts).isNotNull();
				assertThat(connection.wire().isDirect(facts.connectionId())).isTrue();
				assertThat(connection.wire().isDirect(facts.connectionId() + 1)).isFalse();
			});
		});
	}

	@Test
	void unguardedPoolBorrowsAsItComes() {
		runner("sslMode=DISABLED").run((context) -> {
			filled(context);
			try (HikariDataSource unguarded = GuardedApplication.newPool(context.getEnvironment())) {
				unguarded.setMaximumPoolSize(1);
				long session = borrow(unguarded);
				Gaps gaps = new Gaps();
				long before = ServerPings.bySession(server).getOrDefault(session, 0L);
				for (int i = 0; i < 1000; i++) {
					borrow(unguarded);
					gaps.next();
				}
				assertThat(ServerPings.bySession(server).getOrDefault(session, 0L) - before)
					.isLessThanOrEqualTo(gaps.tooLong);
			}
		});
	}

	private static long borrow(HikariDataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
			row.next();
			return row.getLong(1);
		}
	}

	private static ApplicationContextRunner runner(String mode) {
		String driver = mode.startsWith(MARIADB) ? MARIADB : "jdbc:mysql:";
		String url = server.jdbcUrl(server.createDatabase())
			.replace("jdbc:mysql:", driver)
			.replaceAll("sslMode=\\w+", mode.replace(MARIADB, ""));
		return GuardedApplication.on(server, server.createDatabase())
			.withPropertyValues("spring.datasource.url=" + url, "spring.datasource.hikari.maximum-pool-size=" + POOL);
	}

	private static GuardedPool filled(ApplicationContext context) {
		GuardedPool pool = GuardedApplication.openPool(context);
		Awaitility.await().until(() -> pool.snapshot().idle() == POOL);
		return pool;
	}

	private static List<Long> sessions(GuardedPool pool) {
		return sessions(pool, (connection) -> true);
	}

	private static List<Long> idleSessions(GuardedPool pool) {
		return sessions(pool, (connection) -> !connection.isHeld());
	}

	private static List<Long> sessions(GuardedPool pool, Predicate<PhysicalConnection> which) {
		List<Long> sessions = new ArrayList<>();
		for (PhysicalConnection connection : pool.ledger().connections()) {
			ServerSessionFacts facts = connection.facts();
			if (facts != null && which.test(connection)) {
				sessions.add(facts.connectionId());
			}
		}
		return sessions;
	}

	private static void glanceUntilLost(GuardedPool pool, PhysicalConnection dead) {
		while (!dead.isLost()) {
			pool.ledger().glanceAtAll();
		}
	}

	private static long pings(GuardedPool pool) {
		Map<Long, Long> pings = ServerPings.bySession(server);
		return sessions(pool).stream().mapToLong((id) -> pings.getOrDefault(id, 0L)).sum();
	}

	private static void kill(List<Long> sessions) throws SQLException {
		try (Connection connection = server.connect("mysql"); Statement statement = connection.createStatement()) {
			for (Long id : sessions) {
				statement.execute("KILL " + id);
			}
		}
		Awaitility.await().until(() -> ServerPings.sessions(server).stream().noneMatch(sessions::contains));
	}

	/**
	 * A log that takes a message, and does not return before it is closed.
	 */
	private static final class SlowLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch closed = new CountDownLatch(1);

		private final Logger logger;

		private SlowLog(Logger logger) {
			this.logger = logger;
			start();
			logger.addAppender(this);
		}

		static SlowLog of(Class<?> logger) {
			return new SlowLog((Logger) LoggerFactory.getLogger(logger));
		}

		@Override
		protected void append(ILoggingEvent event) {
			this.begun.countDown();
			try {
				this.closed.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		void awaitMessage() {
			Awaitility.await().until(() -> this.begun.getCount() == 0);
		}

		@Override
		public void close() {
			this.closed.countDown();
			this.logger.detachAppender(this);
		}

	}

	/**
	 * How often more time went by than what was heard is believed for: a busy machine may
	 * stand still.
	 */
	private static final class Gaps {

		private static final Duration BELIEVED = Duration.ofMillis(500);

		private long last = System.nanoTime();

		private long tooLong;

		void next() {
			long now = System.nanoTime();
			if (now - this.last > BELIEVED.toNanos()) {
				this.tooLong++;
			}
			this.last = now;
		}

	}

}
