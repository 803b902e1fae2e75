package io.github.connectionguard.keepalive;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.ServerPings;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the keepalive of pools on a real server that counts the pings it gets.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("extended")
@Tag("timed")
class KeepaliveOnAServerTests {

	private static final int POOL = 10;

	private static TestServer server;

	private String database;

	@BeforeAll
	static void startServer() {
		server = TestServer.start("--performance-schema=ON");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void createDatabase() {
		this.database = server.createDatabase();
	}

	@Test
	void everySessionIsPingedOnceInAnIntervalWhetherIdleOrHeld() {
		runner(15).run((context) -> {
			GuardedPool pool = filled(GuardedApplication.openPool(context));
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class);
				long begin = System.nanoTime();
				Map<Long, Long> before = pings(pool);
				assertThat(before).hasSize(POOL);
				Awaitility.await()
					.atMost(Duration.ofSeconds(7))
					.until(() -> pingsSince(before, pool).values().stream().allMatch((count) -> count > 0));
				Map<Long, Long> pings = pingsSince(before, pool);
				long due = quietUntilPinged(pool).toNanos();
				long most = 1 + (System.nanoTime() - begin) / due; // each has a phase of
																	// its own
				assertThat(pings).hasSize(POOL).allSatisfy((id, count) -> assertThat(count).isBetween(1L, most));
			});
		});
	}

	@Test
	@Tag("slow")
	void busySessionIsNotPinged() {
		runner(6, "spring.datasource.hikari.maximum-pool-size=1").run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class);
				Map<Long, Long> before = pings(pool);
				for (int i = 0; i < 40; i++) {
					context.getBean(JdbcTemplate.class).queryForObject("SELECT SLEEP(0.1)", Integer.class);
				}
				assertThat(pingsSince(before, pool).values()).containsExactly(0L);
			});
		});
	}

	@Test
	void deadIdleConnectionIsReplacedWithinTheIntervalWithoutABorrow() {
		runner(15).run((context) -> {
			GuardedPool pool = filled(GuardedApplication.openPool(context));
			long victim = sessions(pool).keySet().iterator().next();
			server.execute("KILL " + victim);
			Awaitility.await()
				.atMost(Duration.ofSeconds(6))
				.until(() -> !sessions(pool).containsKey(victim) && pool.snapshot().idle() == POOL);
		});
	}

	@Test
	@Tag("slow")
	void poolWithoutMinimumDrainsToNothing() {
		System.setProperty("com.zaxxer.hikari.housekeeping.periodMs", "500");
		try {
			runner(9, "spring.datasource.hikari.minimum-idle=0").run((context) -> {
				GuardedPool pool = GuardedApplication.openPool(context);
				context.getBean(HikariDataSource.class).setIdleTimeout(4000);
				assertThat(pool.snapshot().total()).isOne();
				Awaitility.await()
					.atMost(Duration.ofSeconds(8))
					.until(() -> pool.snapshot().total() == 0 && pool.ledger().connections().isEmpty());
				assertThat(pool.ledger().lastPing()).as("a ping before that").isNotNull();
			});
		}
		finally {
			System.clearProperty("com.zaxxer.hikari.housekeeping.periodMs");
		}
	}

	@Test
	void transactionThatIsQuietForLongerThanTheLimitCommits() {
		quietTransactionCommits(2, Duration.ofSeconds(5));
	}

	@Test
	@Tag("slow")
	void transactionThatIsQuietForMoreThanTwiceTheLimitCommits() {
		quietTransactionCommits(6, Duration.ofSeconds(14));
	}

	/**
	 * MySQL has no such limit.
	 */
	@Test
	void transactionThatIsQuietForLongerThanTransactionsMayBeCommits() {
		if (server.isMariaDb()) {
			quietTransactionCommits("wait_timeout=600,idle_transaction_timeout=2", Duration.ofSeconds(5));
		}
		else {
			runner(600).run((context) -> assertThat(facts(GuardedApplication.openPool(context))).isNotNull()
				.matches((facts) -> facts.limits().idleTransaction() == null));
		}
	}

	private static @Nullable ServerSessionFacts facts(GuardedPool pool) {
		return pool.ledger().connections().iterator().next().facts();
	}

	private void quietTransactionCommits(int waitTimeout, Duration quiet) {
		quietTransactionCommits("wait_timeout=" + waitTimeout, quiet);
	}

	private void quietTransactionCommits(String variables, Duration quiet) {
		GuardedApplication.on(server, this.database, "sessionVariables=" + variables).run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("CREATE TABLE note (text VARCHAR(20))");
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				jdbc.update("INSERT INTO note VALUES ('before')");
				Awaitility.await().pollDelay(quiet).atMost(quiet.plusSeconds(5)).until(() -> true);
				jdbc.update("INSERT INTO note VALUES ('after')");
			});
			assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM note", Integer.class)).isEqualTo(2);
		});
	}

	@Test
	void forgottenTransactionMeetsTheServersLimitAndIsToldOnce(CapturedOutput output) {
		runner(2, "connection-guard.keepalive.max-hold=1s").run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			try (Connection held = context.getBean(HikariDataSource.class).getConnection()) {
				long id = heldSession(pool);
				Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(id));
				assertThat(held.isClosed()).isFalse();
			}
			assertThat(output)
				.containsOnlyOnce("(connection-guard.keepalive.max-hold) and is not kept alive any longer")
				.contains("KeepaliveOnAServerTests");
		});
	}

	private static Duration quietUntilPinged(GuardedPool pool) {
		LifetimePlan plan = pool.plan();
		assertThat(plan).isNotNull();
		return plan.keepalive().multipliedBy(9).dividedBy(10);
	}

	@Test
	void tenThousandStatementsAndTheKeepaliveDoNotMeet() {
		runner(1).run((context) -> {
			HikariDataSource dataSource = context.getBean(HikariDataSource.class);
			Duration pause = quietUntilPinged(GuardedApplication.openPool(context));
			AtomicInteger statements = new AtomicInteger();
			try (Traffic traffic = Traffic.of(POOL, () -> {
				try (Connection connection = dataSource.getConnection();
						Statement statement = connection.createStatement()) {
					for (int i = 0; i < 100; i++) {
						statement.execute("SELECT " + statements.incrementAndGet());
					}
					LockSupport.parkNanos(pause.toNanos());
					statement.execute("SELECT 'right when it is pinged'");
				}
			})) {
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> statements.get() >= 10_000);
				assertThat(traffic.failures()).isEmpty();
			}
		});
	}

	@Test
	void keepaliveCanBeSwitchedOff() {
		runner(2, "connection-guard.keepalive.enabled=false", "spring.datasource.hikari.maximum-pool-size=1")
			.run((context) -> {
				GuardedPool pool = GuardedApplication.openPool(context);
				try (Connection held = context.getBean(HikariDataSource.class).getConnection()) {
					long id = heldSession(pool);
					Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(id));
					assertThat(held.isClosed()).isFalse();
				}
			});
	}

	private ApplicationContextRunner runner(int waitTimeout, String... properties) {
		return GuardedApplication.on(server, this.database, "sessionVariables=wait_timeout=" + waitTimeout)
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=" + POOL)
			.withPropertyValues(properties);
	}

	private static GuardedPool filled(GuardedPool pool) {
		Awaitility.await().until(() -> pool.snapshot().idle() == POOL);
		return pool;
	}

	private static Map<Long, PhysicalConnection> sessions(GuardedPool pool) {
		Map<Long, PhysicalConnection> sessions = new HashMap<>();
		for (PhysicalConnection connection : pool.ledger().connections()) {
			ServerSessionFacts facts = connection.facts();
			if (facts != null) {
				sessions.put(facts.connectionId(), connection);
			}
		}
		return sessions;
	}

	private static long heldSession(GuardedPool pool) {
		return sessions(pool).entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isHeld())
			.findFirst()
			.orElseThrow()
			.getKey();
	}

	private static Map<Long, Long> pingsSince(Map<Long, Long> before, GuardedPool pool) {
		Map<Long, Long> since = pings(pool);
		since.replaceAll((id, count) -> count - before.getOrDefault(id, 0L));
		return since;
	}

	private static Map<Long, Long> pings(GuardedPool pool) {
		Map<Long, Long> pings = ServerPings.bySession(server);
		pings.keySet().retainAll(sessions(pool).keySet());
		return pings;
	}

	private static boolean isAlive(long id) throws SQLException {
		try (Connection connection = server.connect("mysql");
				Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT 1 FROM information_schema.processlist WHERE ID = " + id)) {
			return rows.next();
		}
	}

}
