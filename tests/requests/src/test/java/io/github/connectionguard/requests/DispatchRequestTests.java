package io.github.connectionguard.requests;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for requests that are dispatched again within their container.
 */
class DispatchRequestTests extends RequestTests {

	DispatchRequestTests() {
		super("unit");
	}

	@Test
	void forwardIsOneUnitWithWhatForwards() throws Exception {
		HttpResponse<String> response = get("/dispatch/forward?to=target");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("ok");
		assertThat(rows()).containsExactly("first", "target");
	}

	@Test
	void failureOfAForwardTakesItAllBack() throws Exception {
		assertThat(get("/dispatch/forward?to=target-throws").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void errorThatAForwardSendsTakesItAllBack() throws Exception {
		assertThat(get("/dispatch/forward?to=target-sends-error").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void includeIsOneUnitWithWhatIncludes() throws Exception {
		HttpResponse<String> response = get("/dispatch/include?what=target");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("ok");
		assertThat(rows()).containsExactly("first", "target");
	}

	@Test
	void failureAfterAnIncludeTakesItAllBack() throws Exception {
		assertThat(get("/dispatch/include-then-throw?what=target-unsent").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void failureOfAnIncludeTakesItAllBack() throws Exception {
		assertThat(get("/dispatch/include?what=target-throws").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void errorThatAnIncludeSendsIsIgnoredAsTheContainerDoes() throws Exception {
		assertThat(get("/dispatch/include?what=target-sends-error").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("first", "target");
	}

	@Test
	void redirectOfAnIncludeEndsNothing() throws Exception {
		assertThat(get("/dispatch/include-then-throw?what=target-redirects").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void includeThatFillsTheBufferIsCommittedBeforeItIsSent() throws Exception {
		assertThatIOException().isThrownBy(() -> get("/dispatch/include-then-throw?what=target-is-large"));
		assertThat(rows()).containsExactly("first", "target");
	}

	@Test
	void pageOfAnExceptionHasNoUnit() throws Exception {
		HttpResponse<String> response = get("/dispatch/fails-with-a-page");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).isEqualTo("sorry");
		assertThat(rows()).containsExactly("page");
	}

	@Test
	void pageOfAnErrorThatWasSentHasNoUnit() throws Exception {
		get("/dispatch/sends-an-error-with-a-page");
		assertThat(rows()).containsExactly("first", "page");
	}

}
