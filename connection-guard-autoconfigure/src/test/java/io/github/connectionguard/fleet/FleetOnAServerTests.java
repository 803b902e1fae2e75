package io.github.connectionguard.fleet;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.report.ServerReport;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Fleet}, on a server that nobody else uses.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class FleetOnAServerTests {

	private static final String SMALL = "spring.datasource.hikari.maximum-pool-size=2";

	private static final String FLEET = "Advice (fleet): ";

	private static TestServer server;

	@BeforeAll
	static void startServer() throws SQLException {
		server = TestServer.start();
		server.execute("CREATE USER other IDENTIFIED BY 'other'");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	private final AtomicLong clock = new AtomicLong();

	/**
	 * The server takes a moment to see that a client has gone.
	 */
	@BeforeEach
	void awaitThatNobodyIsThere() {
		Awaitility.await().until(() -> server.status("Threads_connected") == 1);
	}

	@Test
	void firstSessionOfAPoolTellsOfItsServer() throws SQLException {
		server.execute("SET GLOBAL max_connections = 77");
		try (ConfigurableApplicationContext application = GuardedApplication.start(server, "", SMALL)) {
			ServerReport.Load load = firstLoad(application);
			assertThat(load.readAt()).isNotNull();
			assertThat(load.uptime()).isPositive();
			assertThat(load.maxConnections()).isEqualTo(77);
			assertThat(load.maxUserConnections()).isZero();
			assertThat(load.headroom()).isEqualTo(77 - Objects.requireNonNull(load.connected()));
			assertThat(load.aborted()).isZero();
			assertThat(load.ofPool()).isPositive();
		}
	}

	@Test
	void sessionsAreOursOurFleetsAndOthers() throws SQLException {
		String database = server.createDatabase();
		try (ConfigurableApplicationContext application = GuardedApplication.start(server, database, SMALL);
				ConfigurableApplicationContext second = GuardedApplication.start(server, database, SMALL);
				Connection other = other();
				Connection another = other()) {
			assertThat(List.of(other.isClosed(), another.isClosed())).containsOnly(false);
			awaitFull(application, 2);
			awaitFull(second, 2);
			Awaitility.await().untilAsserted(() -> {
				ServerReport.Load load = count(fleet(application), GuardedApplication.pool(application));
				assertThat(load.ofPool()).isEqualTo(2);
				assertThat(load.connected()).isEqualTo(6);
				assertThat(load.sessions()).isEqualTo(new ServerReport.Sessions(4, 2, 2, 2, 2));
			});
		}
	}

	@Test
	void manyPoolsOfOneApplicationAreOneInstance() {
		GuardedApplication.on(server, server.createDatabase())
			.withInitializer((context) -> IntStream.range(0, 20)
				.forEach((number) -> ((GenericApplicationContext) context).registerBean("pool" + number,
						HikariDataSource.class, () -> GuardedApplication.newPool(context.getEnvironment()),
						(definition) -> definition.setPrimary(number == 0))))
			.run((context) -> {
				awaitFull(context, 2);
				Awaitility.await().untilAsserted(() -> {
					ServerReport.Load load = count(fleet(context), GuardedApplication.pool(context));
					assertThat(load.ofPool()).isEqualTo(2);
					assertThat(load.sessions()).isEqualTo(new ServerReport.Sessions(40, 40, 0, 0, 1));
				});
			});
	}

	@Test
	void poolsOfDifferentAccountsAreToldOfTheirOwn() {
		GuardedApplication.on(server, "").withBean("reports", HikariDataSource.class, () -> {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(server.jdbcUrl(""));
			pool.setUsername("other");
			pool.setPassword("other");
			pool.setMaximumPoolSize(3);
			return pool;
		}).withBean("main", HikariDataSource.class, () -> {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(server.jdbcUrl(""));
			pool.setUsername(server.username());
			pool.setPassword(server.password());
			pool.setMaximumPoolSize(2);
			return pool;
		}).run((context) -> {
			Map<String, GuardedPool> pools = context.getBean(GuardedPools.class)
				.pools()
				.stream()
				.collect(Collectors.toMap(GuardedPool::beanName, Function.identity()));
			GuardedPool reports = Objects.requireNonNull(pools.get("reports"));
			GuardedPool main = Objects.requireNonNull(pools.get("main"));
			Awaitility.await().until(() -> reports.snapshot().idle() == 3 && main.snapshot().idle() == 2);
			Awaitility.await().untilAsserted(() -> {
				Fleet fleet = fleet(context);
				assertThat(count(fleet, reports).sessions()).isEqualTo(new ServerReport.Sessions(3, 5, 0, 0, 1));
				assertThat(count(fleet, main).sessions()).isEqualTo(new ServerReport.Sessions(2, 5, 0, 0, 1));
			});
		});
	}

	@Test
	@Tag("slow")
	void manyApplicationsAreAsManyInstances() throws SQLException {
		List<ConfigurableApplicationContext> applications = new ArrayList<>();
		String database = server.createDatabase();
		try {
			for (int i = 0; i < 20; i++) {
				applications.add(GuardedApplication.start(server, database, SMALL));
			}
			applications.forEach((application) -> awaitFull(application, 2));
			ConfigurableApplicationContext one = applications.get(0);
			Awaitility.await()
				.untilAsserted(() -> assertThat(count(fleet(one), GuardedApplication.pool(one)).sessions())
					.isEqualTo(new ServerReport.Sessions(40, 2, 38, 0, 20)));
		}
		finally {
			applications.forEach(ConfigurableApplicationContext::close);
		}
	}

	@Test
	void clientsThatWereLostAreCountedFromTheFirstTime() throws SQLException {
		try (ConfigurableApplicationContext application = GuardedApplication.start(server, "", SMALL)) {
			GuardedPool pool = GuardedApplication.openPool(application);
			abort();
			Fleet fleet = fleet(application);
			assertThat(count(fleet, pool).aborted()).isZero();
			abort();
			abort();
			this.clock.addAndGet(Fleet.PAUSE.toNanos());
			assertThat(count(fleet, pool).aborted()).isEqualTo(2);
		}
	}

	@Test
	void serverIsAskedOnceAMinute() throws SQLException {
		try (ConfigurableApplicationContext application = GuardedApplication.start(server, "", SMALL)) {
			awaitFull(application, 2);
			Fleet fleet = fleet(application);
			GuardedPool pool = GuardedApplication.pool(application);
			long before = server.status("Com_show_processlist");
			ServerReport.Load first = count(fleet, pool);
			this.clock.addAndGet(Fleet.PAUSE.toNanos() - 1);
			assertThat(count(fleet, pool)).isEqualTo(first);
			assertThat(server.status("Com_show_processlist") - before).isEqualTo(1);
			this.clock.incrementAndGet();
			assertThat(count(fleet, pool)).isNotEqualTo(first);
			assertThat(server.status("Com_show_processlist") - before).isEqualTo(2);
		}
	}

	@Test
	void loginsOfTheWatchAskNoMoreOftenAndNoLoginIsMadeForIt() throws SQLException {
		try (TestServer own = TestServer.start();
				Connection steady = own.connect("");
				ConfigurableApplicationContext application = GuardedApplication.start(own, "", SMALL,
						"connection-guard.validation.ping-after=1s");
				Connection held = application.getBean(DataSource.class).getConnection();
				Connection another = application.getBean(DataSource.class).getConnection()) {
			// none lies in the pool, so that a login asks
			assertThat(List.of(held.isClosed(), another.isClosed())).containsOnly(false);
			long connections = Status.of(steady, "Connections");
			GuardedPool pool = GuardedApplication.pool(application);
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> pool.events().counts().logins().count() >= 3);
			long logins = pool.events().counts().logins().count();
			long made = Status.of(steady, "Connections") - connections;
			assertThat(Status.of(steady, "Com_show_processlist")).isEqualTo(1);
			assertThat(made).isLessThanOrEqualTo(2 + pool.events().counts().logins().count());
			assertThat(logins).isGreaterThanOrEqualTo(3);
			assertThat(pool.server().load()).isNotNull();
		}
	}

	@Test
	@Tag("slow")
	void laterSessionTellsOfItsServerAfterAMinute() throws SQLException {
		try (ConfigurableApplicationContext application = GuardedApplication.start(server, "",
				"spring.datasource.hikari.maximum-pool-size=1", "connection-guard.keepalive.enabled=false")) {
			ServerReport.Load first = firstLoad(application);
			GuardedPool pool = GuardedApplication.pool(application);
			pool.replaceConnections();
			awaitFull(application, 1);
			assertThat(pool.server().load()).isEqualTo(first);
			Awaitility.await().pollDelay(Fleet.PAUSE).atMost(Fleet.PAUSE.multipliedBy(2)).until(() -> true);
			assertThat(pool.server().load()).isEqualTo(first);
			pool.replaceConnections();
			Awaitility.await().until(() -> !Objects.equals(pool.server().load(), first));
			assertThat(pool.server().load()).extracting(ServerReport.Load::ofPool).isEqualTo(1);
		}
	}

	@Test
	void rollingDeploymentBeyondWhatTheServerAllowsIsToldOnce(CapturedOutput output) throws SQLException {
		server.execute("SET GLOBAL max_connections = 20");
		try (ConfigurableApplicationContext application = GuardedApplication.start(server, "",
				"spring.application.name=x")) {
			firstLoad(application);
			awaitFull(application, 10);
			assertThat(output).doesNotContain(FLEET);
		}
		awaitThatNobodyIsThere();
		try (Connection other = other();
				ConfigurableApplicationContext application = GuardedApplication.start(server, "",
						"spring.datasource.hikari.pool-name=orders")) {
			assertThat(other.isClosed()).isFalse();
			firstLoad(application);
			awaitFull(application, 10);
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsPattern("WARN .*orders - Advice \\(fleet\\)")
					.containsOnlyOnce("orders - " + FLEET + "a rolling deployment may need 21 connections, more than "
							+ "max_connections, 20: 10 for each instance, of which there seem to be 1 and as many "
							+ "again meanwhile, and 1 of others; "));
		}
		finally {
			server.execute("SET GLOBAL max_connections = 151");
		}
	}

	@Test
	void rollingDeploymentBeyondWhatTheAccountMayHaveIsTold(CapturedOutput output) throws SQLException {
		server.execute("CREATE USER limited IDENTIFIED BY 'limited' WITH MAX_USER_CONNECTIONS 19");
		try (ConfigurableApplicationContext application = GuardedApplication.start(server, "",
				"spring.datasource.username=limited", "spring.datasource.password=limited")) {
			ServerReport.Load load = firstLoad(application);
			assertThat(load.maxUserConnections()).isEqualTo(19);
			assertThat(load.sessions()).isNotNull();
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsOnlyOnce(FLEET
						+ "a rolling deployment may need 20 connections, more than " + "max_user_connections, 19: "));
		}
	}

	private static Connection other() throws SQLException {
		return DriverManager.getConnection(server.jdbcUrl(""), "other", "other");
	}

	private static void abort() throws SQLException {
		long before = server.status("Aborted_clients");
		Connection client = server.connect("");
		client.abort(Runnable::run);
		Awaitility.await().until(() -> server.status("Aborted_clients") == before + 1);
	}

	private static ServerReport.Load firstLoad(ApplicationContext application) {
		GuardedPool pool = GuardedApplication.openPool(application);
		Awaitility.await().until(() -> pool.server().load() != null);
		return Objects.requireNonNull(pool.server().load());
	}

	/**
	 * Wait until nobody has sessions beyond the pools.
	 */
	private static void awaitFull(ApplicationContext application, int each) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> application.getBean(GuardedPools.class)
				.pools()
				.stream()
				.allMatch((pool) -> pool.snapshot().idle() == each && pool.ledger().connections().size() == each));
	}

	/**
	 * Return what would be known if nobody had asked yet.
	 */
	private Fleet fleet(ApplicationContext application) {
		return new Fleet(application.getBean(GuardedPools.class)::shares, null, this.clock::get);
	}

	private static ServerReport.Load count(Fleet fleet, GuardedPool pool) throws SQLException {
		String address = pool.server().address();
		try (Connection login = pool.server().login(new ConnectAttempt())) {
			ServerInquiry inquiry = pool.server().inquire(login);
			ServerSessionFacts facts = inquiry.read().facts();
			fleet.count(address, pool.name(), inquiry, facts);
			return Objects.requireNonNull(fleet.report(address, facts.account(), pool.beanName()));
		}
	}

}
