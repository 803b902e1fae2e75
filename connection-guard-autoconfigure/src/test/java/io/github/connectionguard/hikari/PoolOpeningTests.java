package io.github.connectionguard.hikari;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.report.Reachability.Status;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for opening pools when the application starts.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class PoolOpeningTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final ApplicationContextRunner runner = GuardedApplication.on(this.server, this.database);

	@Test
	void poolIsOpenedInTheBackground() {
		this.runner.run((context) -> {
			Awaitility.await().until(context.getBean(HikariDataSource.class)::isRunning);
			assertThat(GuardedApplication.openPool(context).server().reachability().status())
				.isEqualTo(Status.REACHABLE);
		});
	}

	@Test
	void poolWhoseSocketsCannotBeSeenSaysWhatThatMeans(CapturedOutput output) {
		this.runner
			.withPropertyValues("spring.datasource.hikari.data-source-class-name=com.mysql.cj.jdbc.MysqlDataSource",
					"spring.datasource.hikari.data-source-properties.url=" + this.server.jdbcUrl(this.database),
					"spring.datasource.type=com.zaxxer.hikari.HikariDataSource", "spring.datasource.url=")
			.run((context) -> {
				GuardedApplication.openPool(context);
				assertThat(output).contains(
						"Connections are not looked at when they are lent, since " + "data-source-class-name is set");
			});
	}

	@Test
	void poolThatIsNotEagerIsLeftUntilItIsUsed() {
		this.runner.withPropertyValues("connection-guard.eager=false").run((context) -> {
			GuardedPool pool = GuardedApplication.pool(context);
			Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> !pool.isStarted());
			assertThat(pool.server().reachability().status()).isEqualTo(Status.UNKNOWN);
			context.getBean(JdbcTemplate.class).execute("SELECT 1");
			assertThat(pool.plan()).isNotNull();
		});
	}

	@Test
	void deadServerMakesNoNoiseAndIsFoundWhenItIsBack(CapturedOutput output) {
		try (TestServer ownServer = TestServer.start()) {
			String ownDatabase = ownServer.createDatabase();
			ownServer.stop();
			GuardedApplication.on(ownServer, ownDatabase).run((context) -> {
				GuardedPool pool = GuardedApplication.pool(context);
				Awaitility.await().until(() -> pool.server().reachability().status() == Status.UNREACHABLE);
				assertThat(noise(output)).isEmpty();
				ownServer.startAgain();
				Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> pool.plan() != null);
				assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class)).isOne();
			});
		}
	}

	/**
	 * The first test of a JVM may also look for a Docker engine in vain.
	 */
	private static List<String> noise(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains("WARN") || line.contains("ERROR"))
			.filter((line) -> !line.contains("org.testcontainers"))
			.toList();
	}

	@Test
	@Tag("slow")
	void serverThatIsAwayIsLookedForAtGrowingIntervals() throws IOException {
		try (ServerSocket away = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			AtomicInteger attempts = new AtomicInteger();
			Thread server = new Thread(() -> turnAway(away, attempts));
			server.start();
			this.runner
				.withPropertyValues("spring.datasource.url=jdbc:mysql://127.0.0.1:" + away.getLocalPort() + "/away")
				.run((context) -> {
					Awaitility.await().until(() -> attempts.get() > 0);
					Awaitility.await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
					// the opening, and logins at once, after 1 s, 2 s more and 4 s more
					assertThat(attempts.get()).isBetween(3, 5);
				});
		}
	}

	private static void turnAway(ServerSocket server, AtomicInteger attempts) {
		try {
			while (!server.isClosed()) {
				server.accept().close();
				attempts.incrementAndGet();
			}
		}
		catch (IOException ex) {
			assertThat(server.isClosed()).isTrue();
		}
	}

	@Test
	void refusedLoginIsNotRepeatedSoon() {
		this.runner.withPropertyValues("spring.datasource.password=wrong").run((context) -> {
			GuardedPool pool = GuardedApplication.pool(context);
			Awaitility.await().until(() -> pool.server().reachability().refused());
			long at = pool.server().reachability().at();
			Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> pool.server().reachability().at() == at);
		});
	}

	@Test
	@Tag("slow")
	void loginThatIsNoLongerRefusedIsNoticedWhileNobodyBorrows() throws SQLException {
		String user = "late_" + this.database;
		this.runner.withPropertyValues("spring.datasource.username=" + user).run((context) -> {
			GuardedPool pool = GuardedApplication.pool(context);
			Awaitility.await().until(() -> pool.server().reachability().refused());
			this.server.execute("CREATE USER '" + user + "' IDENTIFIED BY '" + this.server.password() + "'");
			this.server.execute("GRANT ALL ON " + this.database + ".* TO '" + user + "'");
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> pool.plan() != null);
			assertThat(pool.server().reachability().status()).isEqualTo(Status.REACHABLE);
		});
		this.server.execute("DROP USER '" + user + "'");
	}

	@Test
	void contextThatClosesWhileTheServerIsSilentLeavesNothingBehindWhenItAnswers() {
		try (TestServer ownServer = TestServer.start()) {
			closeWhileSilent(ownServer);
		}
	}

	/**
	 * It takes the pool so long to lend its first connection that others are opened
	 * meanwhile.
	 */
	@Test
	void contextThatClosesWhileTheServerIsSilentLeavesNothingBehindWhenThePoolIsFilled() {
		try (TestServer ownServer = TestServer.start(); TcpHop hop = TcpHop.to(ownServer.port())) {
			hop.delay(Duration.ofMillis(100));
			closeWhileSilent(ownServer, "connection-guard.validation.ping-after=0s",
					"spring.datasource.url=" + ownServer.jdbcUrl(ownServer.createDatabase(), hop));
		}
	}

	private static void closeWhileSilent(TestServer server, String... properties) {
		String[] all = Stream.concat(Stream.of("spring.datasource.hikari.pool-name=left-behind"), Stream.of(properties))
			.toArray(String[]::new);
		String database = server.createDatabase();
		server.freeze();
		ConfigurableApplicationContext context = GuardedApplication.start(server, database, all);
		Awaitility.await().until(PoolOpeningTests::isAnyPoolOpening);
		context.close();
		assertThat(isAnyPoolOpening()).isTrue();
		server.thaw();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> !isAnyThread("left-behind") && !isAnyThread("connection-guard"));
	}

	private static boolean isAnyPoolOpening() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().getName().startsWith("connection-guard-worker"))
			.flatMap((entry) -> Stream.of(entry.getValue()))
			.anyMatch((frame) -> frame.getMethodName().equals("createPoolEntry"));
	}

	private static boolean isAnyThread(String prefix) {
		return Thread.getAllStackTraces().keySet().stream().anyMatch((thread) -> thread.getName().startsWith(prefix));
	}

}
