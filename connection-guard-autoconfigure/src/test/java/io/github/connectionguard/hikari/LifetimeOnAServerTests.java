package io.github.connectionguard.hikari;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the timers of pools on a real server.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("extended")
@Tag("timed")
class LifetimeOnAServerTests {

	private static TestServer server;

	private String database;

	@BeforeAll
	static void startServer() {
		server = TestServer.start();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void createDatabase() throws SQLException {
		this.database = server.createDatabase();
		setGlobal("wait_timeout = 28800");
		setGlobal("interactive_timeout = 28800");
		setGlobal("init_connect = ''");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 10, 20, 30, 31, 45, 60, 600, 28800 })
	void effectiveMaxLifetimeIsBelowTheSessionsLimit(int seconds, CapturedOutput output) {
		limitedTo(seconds).run((context) -> {
			GuardedApplication.openPool(context);
			assertThat(maxLifetime(context)).isPositive().isLessThan(Duration.ofSeconds(seconds));
			assertThat(output).contains(" is " + seconds + " s; ").doesNotContain("WARN");
		});
	}

	@Test
	@Tag("slow")
	void noConnectionIsEverKilledByTheServer(CapturedOutput output) {
		staysQuiet(output, List.of(5, 10, 20, 30, 31, 45, 60));
	}

	private void staysQuiet(CapturedOutput output, List<Integer> limits) {
		List<ConfigurableApplicationContext> applications = new ArrayList<>();
		try {
			limits.forEach((seconds) -> applications.add(GuardedApplication.start(server, this.database,
					"?sessionVariables=wait_timeout=" + seconds, "spring.datasource.hikari.maximum-pool-size=4")));
			applications.forEach(GuardedApplication::openPool);
			long aborted = server.status("Aborted_clients");
			int longest = limits.get(limits.size() - 1);
			Awaitility.await()
				.pollDelay(Duration.ofSeconds(3L * longest))
				.atMost(Duration.ofSeconds(3L * longest + 20))
				.untilAsserted(() -> assertThat(server.status("Aborted_clients")).isEqualTo(aborted));
			for (ApplicationContext application : applications) {
				assertThat(select(application, "SELECT 1")).isEqualTo("1");
			}
			assertThat(server.status("Aborted_clients")).isEqualTo(aborted);
			assertThat(output).doesNotContain("WARN");
		}
		finally {
			applications.forEach(ConfigurableApplicationContext::close);
		}
	}

	@Test
	void nothingChangesUnderMySqlsDefaultLimit(CapturedOutput output) {
		limitedTo(28800).run((context) -> {
			GuardedApplication.openPool(context);
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			assertThat(pool.getMaxLifetime()).isEqualTo(1_800_000);
			assertThat(pool.getKeepaliveTime()).isEqualTo(120_000);
			assertThat(output).contains("nothing has to change");
		});
	}

	@Test
	void changedGlobalLimitShowsAtTheNextPhysicalConnectAndTheUsersValuesReturn() {
		GuardedApplication.on(server, this.database).run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			setGlobal("wait_timeout = 60");
			reconnect(context);
			Awaitility.await().untilAsserted(() -> assertThat(limit(pool)).isEqualTo(Duration.ofSeconds(60)));
			assertThat(maxLifetime(context)).isEqualTo(Duration.ofSeconds(54));
			assertThat(context.getBean(HikariDataSource.class).getKeepaliveTime()).isEqualTo(20_000);
			setGlobal("wait_timeout = 28800");
			reconnect(context);
			Awaitility.await().untilAsserted(() -> assertThat(limit(pool)).isEqualTo(Duration.ofHours(8)));
			assertThat(maxLifetime(context)).isEqualTo(Duration.ofMinutes(30));
			assertThat(context.getBean(HikariDataSource.class).getKeepaliveTime()).isEqualTo(120_000);
		});
	}

	@Test
	void connectionInitSqlThatChangesTheLimitCounts() {
		GuardedApplication.on(server, this.database)
			.withPropertyValues("spring.datasource.hikari.connection-init-sql=SET SESSION wait_timeout = 77")
			.run((context) -> {
				GuardedPool pool = GuardedApplication.openPool(context);
				assertThat(limit(pool)).isEqualTo(Duration.ofSeconds(77));
				assertThat(Objects.requireNonNull(pool.plan()).source()).isEqualTo(LimitSource.SESSION);
			});
	}

	@Test
	void interactiveClientIsHeldToTheInteractiveTimeout() throws SQLException {
		setGlobal("interactive_timeout = 88");
		GuardedApplication.on(server, this.database, "interactiveClient=true").run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			assertThat(limit(pool)).isEqualTo(Duration.ofSeconds(88));
			assertThat(Objects.requireNonNull(pool.plan()).source()).isEqualTo(LimitSource.INTERACTIVE);
		});
	}

	@Test
	void initConnectOfTheServerCounts() throws SQLException {
		setGlobal("init_connect = 'SET SESSION wait_timeout = 66'");
		server.execute("CREATE USER IF NOT EXISTS 'plain'@'%' IDENTIFIED BY 'pa55word'");
		server.execute("GRANT SELECT ON " + this.database + ".* TO 'plain'@'%'");
		GuardedApplication.on(server, this.database)
			.withPropertyValues("spring.datasource.username=plain", "spring.datasource.password=pa55word")
			.run((context) -> assertThat(limit(GuardedApplication.openPool(context)))
				.isEqualTo(Duration.ofSeconds(66)));
	}

	@Test
	void networkLimitIsConfigured() {
		GuardedApplication.on(server, this.database)
			.withPropertyValues("connection-guard.network-idle-timeout=100s")
			.run((context) -> {
				GuardedApplication.openPool(context);
				assertThat(context.getBean(HikariDataSource.class).getKeepaliveTime()).isEqualTo(33_333);
				assertThat(maxLifetime(context)).isEqualTo(Duration.ofMinutes(30));
			});
	}

	@Test
	void valueBelowHikarisFloorIsWhatTheUserGets() {
		GuardedApplication.on(server, this.database)
			.withPropertyValues("spring.datasource.hikari.max-lifetime=20000",
					"spring.datasource.hikari.keepalive-time=5000")
			.run((context) -> {
				GuardedApplication.openPool(context);
				assertThat(maxLifetime(context)).isEqualTo(Duration.ofSeconds(20));
				assertThat(context.getBean(HikariDataSource.class).getKeepaliveTime()).isEqualTo(5000);
			});
	}

	private ApplicationContextRunner limitedTo(int seconds) {
		return GuardedApplication.on(server, this.database, "sessionVariables=wait_timeout=" + seconds);
	}

	private static Duration maxLifetime(ApplicationContext context) {
		return Duration.ofMillis(context.getBean(HikariDataSource.class).getMaxLifetime());
	}

	private static Duration limit(GuardedPool pool) {
		return Objects.requireNonNull(pool.plan()).limit();
	}

	private static void reconnect(ApplicationContext context) {
		context.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
	}

	private static String select(ApplicationContext context, String sql) {
		return String.valueOf(context.getBean(JdbcTemplate.class).queryForObject(sql, String.class));
	}

	private static void setGlobal(String assignment) throws SQLException {
		server.execute("SET GLOBAL " + assignment);
	}

}
