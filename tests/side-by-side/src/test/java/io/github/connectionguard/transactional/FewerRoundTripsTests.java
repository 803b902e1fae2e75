package io.github.connectionguard.transactional;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.sidebyside.Starter;
import io.github.connectionguard.testsupport.TestServer;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests for the statements the server sees of transactional services, as it counts them.
 */
class FewerRoundTripsTests {

	@Test
	@Tag("slow")
	void noCaseNeedsMoreStatementsWithTheStarterAndAllTogetherNeedFewer() throws Exception {
		try (TestServer server = TestServer.start()) {
			List<TransactionalCase> cases = TransactionSemantics.allCases();
			List<Long> without = count(server, Starter.ABSENT, cases);
			List<Long> with = count(server, Starter.PRESENT, cases);
			SoftAssertions softly = new SoftAssertions();
			for (int i = 0; i < cases.size(); i++) {
				softly.assertThat(with.get(i)).as(cases.get(i).name()).isLessThanOrEqualTo(without.get(i));
			}
			softly.assertThat(sum(with)).isLessThan(sum(without));
			softly.assertAll();
		}
	}

	private static long sum(List<Long> counts) {
		return counts.stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Return how many statements the server saw of each case.
	 */
	private static List<Long> count(TestServer server, Starter starter, List<TransactionalCase> cases)
			throws SQLException, IOException, InterruptedException {
		try (TransactionalApp app = TransactionalApp.start(server, starter, 2)) {
			Collection<HikariDataSource> pools = app.context().getBeansOfType(HikariDataSource.class).values();
			for (HikariDataSource pool : pools) {
				pool.getConnection().close();
			}
			List<Long> counts = new ArrayList<>();
			for (TransactionalCase aCase : cases) {
				app.transcriptOf(aCase); // leaves sessions in the mode the case needs
				counts.add(Math.min(count(app, pools, aCase), count(app, pools, aCase)));
			}
			return counts;
		}
	}

	private static long count(TransactionalApp app, Collection<HikariDataSource> pools, TransactionalCase aCase)
			throws IOException, InterruptedException {
		pools.forEach(FewerRoundTripsTests::waitUntilFull);
		long before = app.statements();
		app.transcriptOf(aCase);
		pools.forEach(FewerRoundTripsTests::waitUntilFull);
		return app.statements() - before;
	}

	private static void waitUntilFull(HikariDataSource pool) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> pool.getHikariPoolMXBean().getIdleConnections() == pool.getMaximumPoolSize());
	}

}
