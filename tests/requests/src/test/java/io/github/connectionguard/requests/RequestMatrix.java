package io.github.connectionguard.requests;

import java.io.IOException;
import java.net.http.HttpResponse;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways a request can go, in one mode of the session.
 */
abstract class RequestMatrix extends RequestTests {

	RequestMatrix(String mode) {
		super(mode);
	}

	@Test
	void withoutADatabase() throws Exception {
		assertThat(get("/rows/none").statusCode()).isEqualTo(200);
	}

	@Test
	void success() throws Exception {
		assertThat(get("/rows/ok").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("a", "b");
	}

	@Test
	void uncheckedException() throws Exception {
		assertThat(get("/rows/unchecked").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void exceptionOfAHandlerThatOptedOut() throws Exception {
		assertThat(get("/rows/opted-out").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void checkedException() throws Exception {
		assertThat(get("/rows/checked").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void handledException() throws Exception {
		HttpResponse<String> response = get("/rows/handled");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).isEqualTo("handled");
		assertThat(rows()).isEmpty();
	}

	@Test
	void returnedClientError() throws Exception {
		assertThat(get("/rows/returned-400").statusCode()).isEqualTo(400);
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void returnedServerError() throws Exception {
		assertThat(get("/rows/returned-500").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void rollbackOnly() throws Exception {
		HttpResponse<String> response = get("/rows/rollback-only");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("done");
		assertThat(rows()).isEmpty();
	}

	@Test
	void sentError() throws Exception {
		assertThat(get("/rows/send-error").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void transactionalThenBare() throws Exception {
		assertThat(get("/rows/transactional-then-bare").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("transactional", "bare");
	}

	@Test
	void bareThenTransactional() throws Exception {
		assertThat(get("/rows/bare-then-transactional").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("bare", "transactional");
	}

	@Test
	void bareThenFailingTransactional() throws Exception {
		assertThat(get("/rows/bare-then-failing").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void rowsAreReadToTheEndWhileTheResponseIsSent() throws Exception {
		HttpResponse<String> response = get("/rows/export");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).hasSize(180_000);
	}

	@Test
	void leakedConnection() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(get("/rows/leak").statusCode()).isEqualTo(200);
		}
		assertThat(rows()).hasSize(10);
	}

	@Test
	void rawConnectionLeftInATransaction() throws Exception {
		assertThat(get("/rows/raw-open").statusCode()).isEqualTo(200);
		Awaitility.await().untilAsserted(() -> assertThat(rows()).containsExactly("raw"));
	}

	@Test
	void rawConnectionLeftInATransactionByAFailure() throws Exception {
		assertThat(get("/rows/raw-open-then-throw").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void connectionThatDiesUnnoticedByTheHandler() throws Exception {
		HttpResponse<String> response = get("/rows/die");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("says the handler");
		assertThat(rows()).isEmpty();
	}

	@Test
	void largeBodyIsSentAfterTheCommit() throws Exception {
		assertThat(catchThrowableOf("/rows/large-then-throw")).isTrue();
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void rowIsVisibleToOthersBeforeTheFirstByte() throws Exception {
		assertThat(get("/rows/visible-before-the-first-byte").body()).isEqualTo("first then 1");
	}

	/**
	 * Tell whether a response broke off, or came with a status of success and was cut.
	 */
	private boolean catchThrowableOf(String path) throws InterruptedException {
		try {
			return get(path).body().length() < 200_000;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
