package io.github.connectionguard.data.jpa;

import java.net.http.HttpResponse;
import java.sql.SQLException;

import io.github.connectionguard.data.RunningApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for sessions over JPA.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class JpaSessionTests {

	private static final String TRANSACTION = "connection-guard.session.mode=transaction";

	private static final String LAZY = "spring.datasource.connection-fetch=lazy";

	private static final String CLOSED_VIEW = "spring.jpa.open-in-view=false";

	@Test
	void refusedFormThatWasBoundIntoALoadedEntitySavesNothing(CapturedOutput output) throws Exception {
		try (RunningApplication application = AuthorApplication.start()) {
			Awaitility.await().untilAsserted(() -> assertThat(output).contains("Sessions run in mode 'backstop'"));
			assertThat(application.post("/authors/1", "name=").body()).contains("<li>Sea</li>");
			assertThat(names(application)).isEqualTo("Ann Bob");
			assertThat(application.post("/authors/1", "name=Amy").statusCode()).isEqualTo(302);
			assertThat(names(application)).isEqualTo("Amy Bob");
			assertThat(application.activeConnections()).isZero();
		}
	}

	@Test
	void refusedFormIsOnlyKeptFromATransactionByARollback() throws Exception {
		try (RunningApplication application = AuthorApplication.start(TRANSACTION)) {
			assertThat(application.post("/careful/1", "name=").statusCode()).isEqualTo(200);
			assertThat(names(application)).isEqualTo("Ann Bob");
			assertThat(application.post("/authors/1", "name=").statusCode()).isEqualTo(200);
			assertThat(names(application)).isEqualTo(" Bob");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/authors/1", "/authors/1/large", "/authors/1/callable", "/authors/1/deferred" })
	void openViewLoadsWhatItNeeds(String path) throws Exception {
		try (RunningApplication application = AuthorApplication.start(TRANSACTION)) {
			for (int i = 0; i < 5; i++) {
				HttpResponse<String> response = application.get(path);
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.body()).contains("<h1>Ann</h1>", "<li>Sea</li>", "<li>Sky</li>");
			}
			assertThat(application.activeConnections()).isZero();
			assertThat(application.leaks()).isZero();
		}
	}

	/**
	 * The entity manager of the view keeps what a thread borrowed after its session
	 * began.
	 */
	@ParameterizedTest
	@CsvSource({ "backstop, eager, /others/1/callable", "transaction, lazy, /others/1/callable",
			"backstop, eager, /others/1/scope" })
	void viewGoesOnWithTheConnectionOfAnEarlierSession(String mode, String fetch, String path) throws Exception {
		try (RunningApplication application = AuthorApplication.start("connection-guard.session.mode=" + mode,
				"spring.datasource.connection-fetch=" + fetch)) {
			for (int i = 0; i < 5; i++) {
				HttpResponse<String> response = application.get(path);
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.body()).contains("<h1>Ann</h1>", "<li>Sea</li>", "<li>Sky</li>");
			}
			Awaitility.await().until(() -> application.activeConnections() == 0);
			assertThat(application.leaks()).isZero();
		}
	}

	/**
	 * The entity manager is closed after the session, and may give back until then.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "connection-guard.session.mode=transaction", "authors.own-view=true" })
	void leakWithinAViewIsReclaimedWhenTheViewIsClosed(String view) throws Exception {
		try (RunningApplication application = AuthorApplication.start(view)) {
			for (int i = 0; i < 5; i++) {
				assertThat(application.get("/leak").statusCode()).isEqualTo(200);
				assertThat(application.get("/authors/1/large").body()).contains("<li>Sea</li>");
			}
			Awaitility.await().until(() -> application.leaks() == 5);
			assertThat(application.activeConnections()).isZero();
		}
	}

	@Test
	void closedViewLoadsWhatItNeedsUntilTheResponseIsCommitted() throws Exception {
		try (RunningApplication application = AuthorApplication.start(TRANSACTION, CLOSED_VIEW)) {
			assertThat(application.get("/authors/1").body()).contains("<li>Sea</li>");
			assertThatIOException().isThrownBy(() -> application.get("/authors/1/large"));
			assertThat(application.activeConnections()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void requestIsOneTransaction(String openInView) throws Exception {
		try (RunningApplication application = AuthorApplication.start(TRANSACTION,
				"spring.jpa.open-in-view=" + openInView)) {
			application.get("/rename");
			application.execute("UPDATE author SET name = 'x'");
			long before = TestServer.shared().status("Com_commit");
			assertThat(application.get("/rename").statusCode()).isEqualTo(200);
			assertThat(TestServer.shared().status("Com_commit") - before).isEqualTo(1);
			assertThat(names(application)).isEqualTo("Amy Ben");
			application.execute("UPDATE author SET name = 'x'");
			assertThat(application.get("/rename-and-throw").statusCode()).isEqualTo(500);
			assertThat(names(application)).isEqualTo("x x");
			assertThat(application.get("/rename-and-opt-out").statusCode()).isEqualTo(500);
			assertThat(names(application)).isEqualTo("Amy x");
			assertThat(application.activeConnections()).isZero();
		}
	}

	@Test
	void attributesOfAHandlerAreThoseOfTheTransaction() throws Exception {
		try (RunningApplication application = AuthorApplication.start(TRANSACTION)) {
			assertThat(application.get("/rename-only-reading").statusCode()).isEqualTo(500);
			assertThat(names(application)).isEqualTo("Ann Bob");
			assertThat(application.get("/isolation").body()).isEqualTo("2 READ-COMMITTED");
			assertThat(application.get("/rename").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void nothingIsBorrowedBeforeTheFirstStatementWhenConnectionsAreFetchedLazily(CapturedOutput output)
			throws Exception {
		try (RunningApplication application = AuthorApplication.start(TRANSACTION, LAZY)) {
			assertThat(application.get("/rename").statusCode()).isEqualTo(200);
			assertThat(application.get("/idle").body()).isEqualTo("[0]");
			assertThat(application.get("/rename-and-throw").statusCode()).isEqualTo(500);
			assertThat(names(application)).isEqualTo("Amy Ben");
			assertThat(output).doesNotContain("connection-fetch");
		}
	}

	@Test
	void lazyFetchIsAskedForWhereItIsMissing(CapturedOutput output) throws Exception {
		try (RunningApplication application = AuthorApplication.start(TRANSACTION)) {
			assertThat(application.get("/idle").body()).isEqualTo("[1]");
			assertThat(output).containsOnlyOnce("set spring.datasource.connection-fetch=lazy");
		}
	}

	@Test
	void openViewIsAdvisedOnBesideOneTransactionARequest(CapturedOutput output) throws Exception {
		try (RunningApplication application = AuthorApplication.start(TRANSACTION, CLOSED_VIEW)) {
			assertThat(application.get("/rename").statusCode()).isEqualTo(200);
			assertThat(output).doesNotContain("Advice (open-in-view)");
		}
		try (RunningApplication application = AuthorApplication.start(TRANSACTION)) {
			assertThat(application.get("/rename").statusCode()).isEqualTo(200);
			assertThat(output).containsOnlyOnce("Advice (open-in-view)");
		}
	}

	private static String names(RunningApplication application) throws SQLException {
		return String.join(" ", application.query("SELECT name FROM author ORDER BY id"));
	}

}
