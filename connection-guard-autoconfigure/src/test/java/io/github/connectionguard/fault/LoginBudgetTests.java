package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.github.connectionguard.test.AtOnce;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a server is asked while it does not answer, or is slow to: it counts
 * each login that is given up, and in the end blocks the host.
 */
@Tag("extended")
@Tag("timed")
class LoginBudgetTests {

	private static final Logger logger = LoggerFactory.getLogger(LoginBudgetTests.class);

	private static final String GIVEN_UP = "Aborted_connects";

	private static final int MOST_GIVEN_UP = 20;

	private static TestServer server;

	@BeforeAll
	static void startServer() {
		server = TestServer.start("--max-connections=1000");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void hardlyAnyLoginIsGivenUpWhileTheServerStandsStill() throws SQLException {
		loginsGivenUpInAFreezeOf(Duration.ofSeconds(4), Requests.POOL);
	}

	@Tag("slow")
	@ParameterizedTest
	@CsvSource({ "10, 16", "10, 0" })
	void hardlyAnyLoginIsGivenUpWhileTheServerStandsStill(int seconds, int busy) throws SQLException {
		loginsGivenUpInAFreezeOf(Duration.ofSeconds(seconds), busy);
	}

	private static void loginsGivenUpInAFreezeOf(Duration time, int busy) throws SQLException {
		try (Requests requests = Requests.to(server)) {
			long givenUp = server.status(GIVEN_UP);
			if (busy == 0) {
				freeze(time);
				long begin = System.nanoTime();
				requests.query("SELECT 42");
				Duration took = Duration.ofNanos(System.nanoTime() - begin);
				assertThat(took).isLessThan(AtOnce.on(server, Duration.ofMillis(150)));
			}
			else {
				try (Traffic traffic = Traffic.of(busy, requests.statement("SELECT 1"))) {
					long thawed = freeze(time);
					Duration first = traffic.firstSuccessAfter(thawed);
					assertThat(first).isLessThan(AtOnce.on(server, Duration.ofMillis(150)));
					traffic.goOn(500);
				}
			}
			Awaitility.await().until(() -> requests.pool().snapshot().idle() == Requests.POOL);
			Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
			long more = server.status(GIVEN_UP) - givenUp;
			logger.info("{} logins given up in {} s with {} clients", more, time.toSeconds(), busy);
			assertThat(more).isLessThanOrEqualTo(MOST_GIVEN_UP);
		}
	}

	private static long freeze(Duration time) {
		server.freeze();
		Awaitility.await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
		long thawed = System.nanoTime();
		server.thaw();
		return thawed;
	}

	@Tag("slow")
	@ParameterizedTest
	@ValueSource(ints = 750)
	void slowPathIsOnlySlow(int oneWayMillis) throws Exception {
		String database = server.createDatabase();
		try (TcpHop hop = TcpHop.to(server.port());
				Requests requests = Requests.through(hop, server, database);
				UnguardedPool unguarded = UnguardedPool.through(hop, server, database)) {
			int accepted = hop.accepted();
			hop.delay(Duration.ofMillis(oneWayMillis));
			for (int spell = 0; spell < 2; spell++) {
				Awaitility.await().pollDelay(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(15)).until(() -> true);
				Duration raw = slowest(unguarded.dataSource());
				Duration guarded = slowest(requests.dataSource());
				logger.info("{} ms: {} with, {} without, {} logins", 2 * oneWayMillis, guarded, raw,
						hop.accepted() - accepted);
				assertThat(guarded).isLessThan(raw.multipliedBy(12).dividedBy(10));
			}
			assertThat(requests.pool().report().lastLoss()).isNull();
			assertThat(requests.pool().snapshot().total()).isEqualTo(Requests.POOL);
			assertThat(hop.accepted() - accepted).isLessThanOrEqualTo(6);
		}
	}

	private static Duration slowest(javax.sql.DataSource dataSource) {
		try (Traffic once = Traffic.begin(Requests.POOL, () -> {
			try (Connection connection = dataSource.getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("SELECT 1");
			}
		})) {
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> once.requests() >= Requests.POOL);
			return once.slowest();
		}
	}

}
