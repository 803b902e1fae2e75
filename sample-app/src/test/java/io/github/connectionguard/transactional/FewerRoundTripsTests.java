package io.github.connectionguard.transactional;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests for the statements the server sees of transactional services, as it counts them.
 */
class FewerRoundTripsTests {

	private static final String STATEMENTS = "'Com_select', 'Com_insert', 'Com_set_option', 'Com_commit', "
			+ "'Com_rollback', 'Com_savepoint', 'Com_rollback_to_savepoint', 'Com_release_savepoint'";

	@Test
	@Tag("slow")
	void noCaseNeedsMoreStatementsWithTheStarterAndAllTogetherNeedFewer() throws Exception {
		try (TestServer server = TestServer.start(); Connection observer = server.connect("")) {
			List<Case> cases = TransactionSemantics.allCases();
			List<Long> without = count(server, observer, Starter.ABSENT, cases);
			List<Long> with = count(server, observer, Starter.PRESENT, cases);
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
	 * Return how many statements the server saw of each case, and of what looks on.
	 */
	private static List<Long> count(TestServer server, Connection observer, Starter starter, List<Case> cases)
			throws SQLException, IOException, InterruptedException {
		try (TransactionalApp app = TransactionalApp.start(server, starter, 2)) {
			HikariDataSource pool = app.context().getBean(HikariDataSource.class);
			List<Long> counts = new ArrayList<>();
			for (Case aCase : cases) {
				app.transcriptOf(aCase); // leaves sessions in the mode the case needs
				waitUntilFull(pool);
				long before = statements(observer);
				app.transcriptOf(aCase);
				counts.add(statements(observer) - before);
			}
			return counts;
		}
	}

	private static void waitUntilFull(HikariDataSource pool) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> pool.getHikariPoolMXBean().getIdleConnections() == pool.getMaximumPoolSize());
	}

	private static long statements(Connection observer) throws SQLException {
		try (Statement statement = observer.createStatement();
				ResultSet rows = statement
					.executeQuery("SHOW GLOBAL STATUS WHERE Variable_name IN (" + STATEMENTS + ")")) {
			long sum = 0;
			while (rows.next()) {
				sum += rows.getLong(2);
			}
			return sum;
		}
	}

}
