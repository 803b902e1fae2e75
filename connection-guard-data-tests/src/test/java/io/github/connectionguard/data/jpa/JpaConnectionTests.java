package io.github.connectionguard.data.jpa;

import java.sql.SQLException;
import java.time.Duration;

import io.github.connectionguard.data.RunningApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what becomes of connections over JPA, as {@code docs/jpa.md} tells it.
 */
class JpaConnectionTests {

	private static final String FIND = "/connections/found";

	private static RunningApplication application;

	@BeforeAll
	static void startApplication() throws SQLException {
		application = AuthorApplication.start();
	}

	@AfterAll
	static void stopApplication() {
		application.close();
	}

	/**
	 * What others do meanwhile, such as the pool's logins, is counted as well, so that
	 * one request of several has to show it.
	 */
	@Test
	void finderTakesItsStatementAndACommit() {
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			assertThat(sentBy(FIND, "Com_set_option")).isEqualTo(sentBy("/nowhere", "Com_set_option"));
			assertThat(sentBy(FIND, "Com_commit")).isEqualTo(1);
			assertThat(sentBy(FIND, "Com_select") - sentBy("/nowhere", "Com_select")).isEqualTo(1);
		});
	}

	/**
	 * Return how many statements the server has seen by the end of a request, with those
	 * of whoever asks it.
	 */
	private static long sentBy(String path, String counter) throws Exception {
		long before = TestServer.shared().status(counter);
		application.get(path);
		return TestServer.shared().status(counter) - before;
	}

	@Test
	void openViewKeepsTheConnectionOfTheFirstFinder() throws Exception {
		awaitAllGivenBack();
		assertThat(application.get(FIND).body()).isEqualTo("Ann 1");
		awaitAllGivenBack();
	}

	/**
	 * A view is closed when its client has the answer already.
	 */
	private static void awaitAllGivenBack() {
		Awaitility.await().until(() -> application.activeConnections() == 0);
	}

	@Test
	void deathInATransactionComesOutAsWhatFailed() throws Exception {
		assertThat(application.get("/connections/killed").body()).contains("JDBC exception executing SQL")
			.doesNotContain("rollback");
	}

}
