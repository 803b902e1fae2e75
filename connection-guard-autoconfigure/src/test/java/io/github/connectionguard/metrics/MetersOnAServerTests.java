package io.github.connectionguard.metrics;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.report.ServerReport;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.KilledConnection;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for what the meters of a pool to a real server say.
 */
@Tag("extended")
class MetersOnAServerTests {

	private static final String BLIND = "spring.datasource.hikari.data-source-properties.socketFactory="
			+ "com.mysql.cj.protocol.StandardSocketFactory";

	private final TestServer server = TestServer.shared();

	private final MeteredPool meters = new MeteredPool();

	private final ApplicationContextRunner runner = MeteredPool.runner(this.server);

	@Test
	void deathsAreCountedByCauseAlsoBeforeTheRegistryIsThere() {
		this.runner.run((context) -> {
			MeteredPool.filled(context);
			kill(context, 1);
			awaitLosses(context, 1);
			this.meters.bind(context);
			assertDeathsAreAsTold(context);
			MeteredPool.filled(context);
			kill(context, 1);
			awaitLosses(context, 2);
			assertDeathsAreAsTold(context);
		});
	}

	@Test
	void headroomIsWhatTheServerHadLeftWhenItWasAsked() {
		this.runner.run((context) -> {
			GuardedPool pool = MeteredPool.filled(context);
			this.meters.bind(context);
			ServerReport.Load load = Objects.requireNonNull(pool.server().load());
			assertThat(this.meters.gauge("connection.guard.headroom"))
				.isEqualTo(load.maxConnections() - Objects.requireNonNull(load.connected()))
				.isBetween(1.0, load.maxConnections() - 1.0);
		});
	}

	@Test
	void headroomIsUnknownBeforeTheServerWasAsked() {
		this.runner.withPropertyValues("connection-guard.eager=false").run((context) -> {
			this.meters.bind(context);
			assertThat(this.meters.gauge("connection.guard.headroom")).isNaN();
		});
	}

	private void assertDeathsAreAsTold(ApplicationContext context) {
		List<GuardEvent.ConnectionLost> all = losses(context);
		assertThat(all).isNotEmpty();
		for (LossCause cause : LossCause.values()) {
			String tag = cause.name().toLowerCase(Locale.ROOT);
			List<GuardEvent.ConnectionLost> lost = all.stream().filter((event) -> event.cause() == cause).toList();
			assertThat(this.meters.count("connection.guard.deaths", "cause", tag)).isEqualTo(lost.size());
			assertThat(this.meters.timer("connection.guard.death.age", "cause", tag).count()).isEqualTo(lost.size());
			assertThat(this.meters.timer("connection.guard.death.quiet", "cause", tag).count()).isEqualTo(lost.size());
			assertThat(this.meters.seconds("connection.guard.death.age", "cause", tag))
				.isEqualTo(lost.stream().mapToLong((event) -> event.age().toNanos()).sum() / 1e9, within(1e-6));
			assertThat(this.meters.seconds("connection.guard.death.quiet", "cause", tag))
				.isEqualTo(lost.stream().mapToLong((event) -> event.quiet().toNanos()).sum() / 1e9, within(1e-6));
		}
	}

	@Test
	void limitsAreThoseOfThePlan() {
		this.runner.run((context) -> {
			LifetimePlan plan = Objects.requireNonNull(MeteredPool.filled(context).plan());
			this.meters.bind(context);
			assertThat(this.meters.gauge("connection.guard.idle.limit")).isEqualTo(plan.limit().toSeconds());
			assertThat(this.meters.gauge("connection.guard.max.lifetime")).isEqualTo(plan.maxLifetime().toSeconds());
			assertThat(this.meters.gauge("connection.guard.keepalive.interval"))
				.isEqualTo(plan.keepalive().toSeconds());
		});
	}

	@Test
	void nearestDeadlineIsThatOfTheOldestConnection() {
		this.runner.run((context) -> {
			GuardedPool pool = MeteredPool.filled(context);
			this.meters.bind(context);
			double lifetime = Objects.requireNonNull(pool.plan()).maxLifetime().toSeconds();
			Duration oldest = pool.ledger()
				.connections()
				.stream()
				.map(PhysicalConnection::age)
				.max(Duration::compareTo)
				.orElseThrow();
			assertThat(this.meters.gauge("connection.guard.nearest.deadline"))
				.isBetween(lifetime - oldest.toMillis() / 1000.0 - 5, lifetime - oldest.toMillis() / 1000.0);
		});
	}

	@Test
	void pingsThatAreAnsweredAreCountedWithTheirTime() {
		MeteredPool.runner(this.server, "sessionVariables=wait_timeout=3").run((context) -> {
			GuardedApplication.openPool(context);
			this.meters.bind(context);
			Awaitility.await().until(() -> this.meters.timer("connection.guard.pings", "answered", "true").count() > 1);
			assertThat(this.meters.seconds("connection.guard.pings", "answered", "true")).isPositive();
			assertThat(this.meters.timer("connection.guard.pings", "answered", "false").count()).isZero();
		});
	}

	@Test
	void pingsWithoutAnAnswerSweepsAndLoginsAreCounted() {
		this.runner.withPropertyValues(BLIND).run((context) -> {
			MeteredPool.filled(context);
			this.meters.bind(context);
			kill(context, 2);
			Awaitility.await().pollDelay(Duration.ofMillis(600)).until(() -> true);
			context.getBean(HikariDataSource.class).getConnection().close();
			awaitLosses(context, 2);
			assertThat(this.meters.timer("connection.guard.pings", "answered", "false").count()).isEqualTo(2);
			assertThat(this.meters.count("connection.guard.swept")).isPositive();
			Awaitility.await().until(() -> this.meters.count("connection.guard.logins") > 0);
		});
	}

	@Test
	void connectionThatHasEndedBeforeItIsPingedHasNotLeftAPingUnanswered() {
		this.runner.run((context) -> {
			GuardedPool pool = MeteredPool.filled(context);
			this.meters.bind(context);
			List<PhysicalConnection> ended = List.copyOf(pool.ledger().connections());
			kill(context, 1);
			awaitLosses(context, 1);
			pool.replaceConnections();
			Awaitility.await().until(() -> pool.ledger().connections().stream().noneMatch(ended::contains));
			ended.forEach((connection) -> connection.wire().pings().keepAlive(pool.server().pingLimit()));
			assertThat(this.meters.timer("connection.guard.pings", "answered", "false").count()).isZero();
		});
	}

	@Test
	void retiredAndLeakedConnectionsAreCounted() {
		this.runner.run((context) -> {
			GuardedPool pool = MeteredPool.filled(context);
			this.meters.bind(context);
			HikariDataSource dataSource = context.getBean(HikariDataSource.class);
			dataSource.evictConnection(dataSource.getConnection());
			try (Connection leaked = dataSource.getConnection()) {
				assertThat(leaked.isClosed()).isFalse();
				pool.leases().countLeak(pool.leases().heldByThread(0).get(0), Duration.ZERO, false, null);
			}
			Awaitility.await().until(() -> this.meters.count("connection.guard.retired") == 1);
			assertThat(this.meters.count("connection.guard.leaked")).isOne();
		});
	}

	@Test
	void commitThatFailsIsCounted() {
		this.runner.run((context) -> {
			MeteredPool.filled(context);
			this.meters.bind(context);
			KilledConnection.commit(this.server, context.getBean(HikariDataSource.class));
			assertThat(this.meters.count("connection.guard.failed.commits", "unknown", "true")
					+ this.meters.count("connection.guard.failed.commits", "unknown", "false"))
				.isOne();
		});
	}

	/**
	 * The first transaction leaves auto-commit mode; the second one goes on in the mode
	 * that the first one would have left, and the third one commits nothing.
	 */
	@Test
	void statementsThatAreNotSentAreCounted() {
		this.runner.withPropertyValues("spring.datasource.hikari.maximum-pool-size=1").run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			this.meters.bind(context);
			HikariDataSource dataSource = context.getBean(HikariDataSource.class);
			Awaitility.await().until(() -> pool.snapshot().idle() == 1);
			double before = this.meters.count("connection.guard.spared");
			long first = this.server.status("Com_set_option");
			long sets = this.server.status("Com_set_option"); // asking sets some itself
			long commits = this.server.status("Com_commit");
			transaction(dataSource, "SELECT 1");
			assertThat(this.meters.count("connection.guard.spared") - before).isZero();
			transaction(dataSource, "SELECT 1");
			assertThat(this.meters.count("connection.guard.spared") - before).isEqualTo(2);
			transaction(dataSource, null);
			assertThat(this.meters.count("connection.guard.spared") - before).isEqualTo(5);
			assertThat(this.server.status("Com_commit") - commits).isEqualTo(2);
			assertThat(this.server.status("Com_set_option") - sets - 3 * (sets - first)).isOne();
		});
	}

	private static void transaction(HikariDataSource dataSource, @Nullable String sql) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			if (sql != null) {
				statement.execute(sql);
			}
			connection.commit();
			connection.setAutoCommit(true);
		}
	}

	@Test
	@Tag("slow")
	void outageShowsWhileItLastsAndIsCountedAfterwards() {
		try (TestServer own = TestServer.start()) {
			MeteredPool.runner(own).run((context) -> {
				MeteredPool.filled(context);
				this.meters.bind(context);
				own.stop();
				Awaitility.await().until(() -> this.meters.gauge("connection.guard.outage") == 1);
				own.startAgain();
				Awaitility.await().until(() -> this.meters.timer("connection.guard.outages").count() == 1);
				assertThat(this.meters.seconds("connection.guard.outages")).isPositive();
				assertThat(this.meters.gauge("connection.guard.outage")).isZero();
			});
		}
	}

	private void kill(ApplicationContext context, int count) throws SQLException {
		for (PhysicalConnection connection : List.copyOf(GuardedApplication.pool(context).ledger().connections())
			.subList(0, count)) {
			this.server.execute("KILL " + Objects.requireNonNull(connection.facts()).connectionId());
		}
	}

	private static void awaitLosses(ApplicationContext context, int count) {
		Awaitility.await().untilAsserted(() -> assertThat(losses(context)).hasSize(count));
	}

	private static List<GuardEvent.ConnectionLost> losses(ApplicationContext context) {
		return GuardedApplication.events(context, GuardEvent.ConnectionLost.class);
	}

}
