package io.github.connectionguard.transactional;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.sidebyside.Starter;
import io.github.connectionguard.testsupport.TestServer;
import org.assertj.core.api.SoftAssertions;
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
			app.fillPools();
			List<Long> counts = new ArrayList<>();
			for (TransactionalCase aCase : cases) {
				app.transcriptOf(aCase); // leaves sessions in the mode the case needs
				counts.add(Math.min(count(app, aCase), count(app, aCase)));
			}
			return counts;
		}
	}

	private static long count(TransactionalApp app, TransactionalCase aCase)
			throws SQLException, IOException, InterruptedException {
		app.fillPools();
		long before = app.statements();
		app.transcriptOf(aCase);
		app.fillPools();
		return app.statements() - before;
	}

}
