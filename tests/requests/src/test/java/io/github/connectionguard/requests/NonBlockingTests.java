package io.github.connectionguard.requests;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests that go on without their thread by means of the Servlet API alone.
 */
class NonBlockingTests extends RequestTests {

	NonBlockingTests() {
		super("unit");
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
	@ValueSource(strings = { "listener", "listener-and-handler", "thread" })
	void commitComesBeforeTheFirstByte(String path) throws Exception {
		HttpResponse<InputStream> response = application()
			.getLater("/non-blocking/" + path, HttpResponse.BodyHandlers.ofInputStream())
			.get(10, TimeUnit.SECONDS);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("a");
		gate().open();
		assertThat(response.body().readAllBytes()).hasSize(NonBlockingController.BLOCKS * Sending.BODY.length());
	}

	@ParameterizedTest
	@ValueSource(strings = { "listener", "listener-and-handler", "thread" })
	void nothingIsSentAfterACommitThatFailed(String path) throws Exception {
		HttpResponse<String> response = get("/non-blocking/" + path + "?killed=true");

		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain(Sending.BODY);
		assertThat(rows()).isEmpty();
	}

	private Gate gate() {
		return application().bean(Gate.class);
	}

}
