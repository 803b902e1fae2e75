package io.github.connectionguard.fault;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.report.Reachability.Status;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for several pools to one server, which is asked as often as for one of them.
 */
@Tag("extended")
@Tag("timed")
class SeveralPoolsTests {

	private static final Duration OUTAGE = Duration.ofSeconds(2);

	/**
	 * What all pools together try by themselves.
	 */
	private static final int MORE = 8;

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@Test
	void serverThatIsAwayIsLookedForOnce() throws IOException {
		int alone = connectsInAnOutage(1);
		int together = connectsInAnOutage(4);
		assertThat(together).as("connects for four pools, %d for one", alone)
			.isBetween(alone / 2, alone * 3 / 2 + MORE);
	}

	private int connectsInAnOutage(int count) throws IOException {
		int[] connects = new int[1];
		int closed = closedPort();
		try (TcpHop hop = TcpHop.to(this.server.port())) {
			runner(hop, count).run((context) -> {
				awaitAll(context, Status.REACHABLE);
				awaitFull(context);
				hop.move(closed);
				hop.reset();
				awaitAll(context, Status.UNREACHABLE);
				DataSource primary = context.getBean(DataSource.class);
				try (Traffic waiting = Traffic.begin(1, () -> primary.getConnection().close())) {
					int before = hop.accepted();
					Awaitility.await().pollDelay(OUTAGE).until(() -> true);
					connects[0] = hop.accepted() - before;
					hop.move(this.server.port());
					awaitAll(context, Status.REACHABLE);
					waiting.goOn(1);
				}
			});
		}
		return connects[0];
	}

	private static int closedPort() throws IOException {
		try (ServerSocket nobody = new ServerSocket(0)) {
			return nobody.getLocalPort();
		}
	}

	private ApplicationContextRunner runner(TcpHop hop, int count) {
		return GuardedApplication.on(this.server, this.database)
			.withPropertyValues("spring.datasource.url=" + this.server.jdbcUrl(this.database, hop))
			.withInitializer((context) -> IntStream.range(0, count)
				.forEach((number) -> ((GenericApplicationContext) context).registerBean("pool" + number,
						HikariDataSource.class, () -> GuardedApplication.newPool(context.getEnvironment()),
						(definition) -> definition.setPrimary(number == 0))));
	}

	/**
	 * Wait until nobody waits for a connection, such as whoever opens a pool.
	 */
	private static void awaitFull(AssertableApplicationContext context) {
		Awaitility.await()
			.until(() -> context.getBean(GuardedPools.class)
				.pools()
				.stream()
				.allMatch((pool) -> pool.snapshot().idle() == 2));
	}

	private static void awaitAll(AssertableApplicationContext context, Status status) {
		Awaitility.await()
			.until(() -> context.getBean(GuardedPools.class)
				.pools()
				.stream()
				.map((pool) -> pool.server().reachability())
				.allMatch((known) -> known.status() == status));
	}

}
