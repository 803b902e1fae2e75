package io.github.connectionguard.requests;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The ways a request can go on without its thread, in one mode of the session.
 */
abstract class AsyncMatrix extends RequestTests {

	AsyncMatrix(String mode) {
		super(mode);
	}

	@BeforeEach
	void closeGate() {
		gate().close();
	}

	@AfterEach
	void openGate() {
		gate().open();
	}

	@ParameterizedTest
	@ValueSource(strings = { "callable", "task" })
	void callable(String path) throws Exception {
		HttpResponse<String> response = get("/async/" + path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("ok");
		assertThat(rows()).containsExactly("handler", "callable");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "callable-unchecked", "callable-checked", "callable-returned-500", "task-on-the-same-thread" })
	void callableThatFails(String path) throws Exception {
		assertThat(get("/async/" + path).statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("handler");
	}

	@Test
	void callableThatThrowsWhatIsHandled() throws Exception {
		HttpResponse<String> response = get("/async/callable-handled");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).isEqualTo("handled");
		assertThat(rows()).containsExactly("handler");
	}

	@Test
	void callableThatReturnsAClientError() throws Exception {
		assertThat(get("/async/callable-returned-400").statusCode()).isEqualTo(400);
		assertThat(rows()).containsExactly("handler", "callable");
	}

	@Test
	void handlerThatFailsBeforeItsCallable() throws Exception {
		assertThat(get("/async/handler-throws").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void callableOfAHandlerThatOptedOut() throws Exception {
		assertThat(get("/async/callable-opted-out").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("handler", "callable");
	}

	@Test
	void callableWhoseCommitFails() throws Exception {
		HttpResponse<String> response = get("/async/callable-commit-fails");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("says the callable");
		assertThat(rows()).containsExactly("handler");
	}

	@Test
	void callableThatLeaks() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(get("/async/callable-leaks").statusCode()).isEqualTo(200);
		}
		assertThat(rows()).filteredOn("leaked"::equals).hasSize(10);
	}

	@Test
	void handlerThatLeaksBeforeItsCallable() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(get("/async/handler-leaks").statusCode()).isEqualTo(200);
		}
		Awaitility.await().untilAsserted(() -> assertThat(rows()).filteredOn("leaked"::equals).hasSize(10));
	}

	@Test
	void handlerThatLeaksBeforeATimeout() throws Exception {
		assertThat(get("/async/handler-leaks-and-times-out").statusCode()).isEqualTo(503);
		Awaitility.await().until(() -> activeConnections() == 0);
		assertThat(rows()).doesNotContain("leaked");
	}

	@Test
	void connectionThatTheCallableGivesBackIsForOthers() throws Exception {
		assertThat(get("/async/callable-gives-back").statusCode()).isEqualTo(200);
		assertThat(get("/async/others").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("handler", "callable", "other", "other", "other", "other");
	}

	@Test
	void viewThatFailsAfterTheCallable() throws Exception {
		assertThat(get("/async/callable-view").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("handler", "callable");
	}

	@Test
	void callableSeesTheWorkOfTheHandler() throws Exception {
		assertThat(get("/async/handler-thread-waits").body()).isEqualTo("rows: 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "callable-waits", "deferred-waits" })
	void nothingIsHeldWhileTheRequestWaits(String path) throws Exception {
		CompletableFuture<HttpResponse<String>> response = application().getLater("/async/" + path,
				HttpResponse.BodyHandlers.ofString());
		Awaitility.await().until(gate()::isReached);
		Awaitility.await().until(() -> activeConnections() == 0);
		assertThat(rows()).containsExactly("handler");
		assertThat(response).isNotDone();
		gate().open();
		assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "task-times-out:503", "task-times-out-with-an-answer:200" })
	void callableThatIsTooLate(String path) throws Exception {
		HttpResponse<String> response = get("/async/" + path.substring(0, path.indexOf(':')));
		assertThat(response.statusCode()).isEqualTo(Integer.parseInt(path.substring(path.indexOf(':') + 1)));
		gate().open();
		Awaitility.await().until(() -> activeConnections() == 0);
		assertThat(rows()).containsExactly("handler");
	}

	@Test
	void stream() throws Exception {
		HttpResponse<String> response = get("/async/stream");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).endsWith("then 2");
	}

	@Test
	void streamThatFailsBeforeItIsSent() throws Exception {
		HttpResponse<String> response = get("/async/stream-throws");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("never sent");
		assertThat(rows()).containsExactly("handler");
	}

	@Test
	void streamThatFailsWhenAPartIsSent() throws Exception {
		assertThatIOException().isThrownBy(() -> get("/async/stream-large-then-throws"));
		Awaitility.await().until(() -> activeConnections() == 0);
		assertThat(rows()).containsExactly("handler", "before");
	}

	@Test
	void streamWhoseCommitFails() throws Exception {
		HttpResponse<String> response = get("/async/stream-commit-fails");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("says the stream");
		assertThat(rows()).containsExactly("handler");
	}

	@ParameterizedTest
	@ValueSource(strings = { "deferred", "future" })
	void resultOfAThreadOfTheApplication(String path) throws Exception {
		HttpResponse<String> response = get("/async/" + path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("ok");
		assertThat(rows()).containsExactly("handler", "thread");
	}

	@ParameterizedTest
	@ValueSource(strings = { "deferred-error:500", "deferred-times-out:503" })
	void resultThatIsAFailure(String path) throws Exception {
		HttpResponse<String> response = get("/async/" + path.substring(0, path.indexOf(':')));
		assertThat(response.statusCode()).isEqualTo(Integer.parseInt(path.substring(path.indexOf(':') + 1)));
		assertThat(rows()).containsExactly("handler");
	}

	@Test
	void resultAfterACommitThatFailed() throws Exception {
		HttpResponse<String> response = get("/async/deferred-commit-fails");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("says the handler");
		assertThat(rows()).isEmpty();
	}

	@Test
	void eventsHoldNoConnection() throws Exception {
		HttpResponse<Stream<String>> response = application()
			.getLater("/async/events", HttpResponse.BodyHandlers.ofLines())
			.get(10, TimeUnit.SECONDS);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("handler");
		Awaitility.await().until(() -> activeConnections() == 0);
		Awaitility.await()
			.during(3, TimeUnit.SECONDS)
			.atMost(10, TimeUnit.SECONDS)
			.until(() -> activeConnections() == 0);
		gate().open();
		assertThat(response.body()).filteredOn("data:event"::equals).hasSizeGreaterThan(10);
	}

	@Test
	void emitterStartsAfterTheCommit() throws Exception {
		HttpResponse<InputStream> response = application()
			.getLater("/async/emitter", HttpResponse.BodyHandlers.ofInputStream())
			.get(10, TimeUnit.SECONDS);
		assertThat(rows()).containsExactly("handler");
		gate().open();
		assertThat(response.body()).hasContent("first and last");
	}

	private Gate gate() {
		return application().bean(Gate.class);
	}

}
