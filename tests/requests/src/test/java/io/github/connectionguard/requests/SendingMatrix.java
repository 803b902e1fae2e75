package io.github.connectionguard.requests;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways a response can be sent, in one mode of the session: the commit comes before,
 * and if it fails, nothing of the response is sent.
 */
abstract class SendingMatrix extends RequestTests {

	SendingMatrix(String mode) {
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

	@AfterEach
	void poolIsWell() throws Exception {
		gate().open();
		for (int i = 0; i < 8; i++) {
			assertThat(get("/rows/ok").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource
	void commitComesBeforeTheResponse(Sending sending) throws Exception {
		CompletableFuture<HttpResponse<String>> response = application().getLater("/sending/handler/" + sending,
				HttpResponse.BodyHandlers.ofString());
		Awaitility.await().until(gate()::isReached);
		assertThat(rows()).containsExactly("a");
		gate().open();
		assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(sending.status());
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsSentAfterACommitThatFailed(Sending sending) throws Exception {
		assertNothingIsSent("/sending/handler/" + sending);
	}

	@Test
	void failedCommitReachesTheContainer() throws Exception {
		gate().open();
		assertThat(killed("/sending/handler/FLUSH_BUFFER").body()).contains("Internal Server Error");
	}

	@Test
	void connectionThatIsLostIsNotTakenForAClient() throws Exception {
		HttpResponse<String> response = get("/sending/lost");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("Internal Server Error");
		assertThat(rows()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void statusTellsOfACommitThatFailedWhateverTheHandlerAnswers(Sending sending) throws Exception {
		assertNothingIsSent("/sending/shrugging/" + sending);
	}

	@ParameterizedTest
	@ValueSource(strings = { "body", "entity", "unsent", "nothing", "view", "callable", "callable-of-the-handler",
			"stream", "large-stream" })
	void returnedResponse(String path) throws Exception {
		assertThat(get("/sending/" + path).statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "body", "entity", "unsent", "nothing", "view", "callable", "callable-of-the-handler",
			"stream", "large-stream" })
	void nothingIsReturnedAfterACommitThatFailed(String path) throws Exception {
		assertNothingIsSent("/sending/" + path);
	}

	private void assertNothingIsSent(String path) throws Exception {
		gate().open();
		HttpResponse<String> response = killed(path);
		assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
		assertThat(response.body()).doesNotContain(Sending.BODY);
		assertThat(response.headers().firstValue("Location")).isEmpty();
		assertThat(rows()).isEmpty();
	}

	private HttpResponse<String> killed(String path) throws IOException, InterruptedException {
		return get(path + "?killed=true");
	}

	private Gate gate() {
		return application().bean(Gate.class);
	}

}
