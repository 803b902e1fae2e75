package io.github.connectionguard.requests;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for requests whose paths are excluded.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExcludedPathTests extends RequestTests {

	private String patterns = "/rows/unchecked,/async/**";

	ExcludedPathTests() {
		super("unit");
	}

	@Override
	List<String> properties() {
		return List.of("server.servlet.context-path=/app", "connection-guard.session.exclude-paths=" + this.patterns);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/app/rows/unchecked", "/app/rows/%75nchecked", "/app/rows/unchecked;a=b" })
	void excludedRequestHasNoSession(String path) throws Exception {
		assertThat(get(path).statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void excludedRequestHasNoneOnAnotherThreadEither() throws Exception {
		assertThat(get("/app/async/callable-unchecked").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("handler", "callable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/app/rows/checked", "/app/dispatch/forward?to=target-throws" })
	void othersHave(String path) throws Exception {
		assertThat(get(path).statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void patternThatIsNoneIsReported(CapturedOutput output) {
		this.patterns = "/fine,static/**";
		assertThatException().isThrownBy(() -> start("unit", 1));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("In 'connection-guard.session.exclude-paths', 'static/**' does not begin with a '/'.")
			.doesNotContain("BeanCreationException");
	}

}
