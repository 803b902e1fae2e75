package io.github.connectionguard.requests;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.connectionguard.requests.EarlyFlushController.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Responses that are sent in part in the middle of a transaction, or of a result that is
 * read row by row, in one mode of the session: the work ends after that, and if it fails,
 * the response is broken off.
 */
abstract class EarlyFlushMatrix extends RequestTests {

	EarlyFlushMatrix(String mode) {
		super(mode);
	}

	/**
	 * Return which rows are there after a failure.
	 */
	abstract List<String> kept(String path, Failure failure);

	@BeforeEach
	void closeGate() {
		gate().close();
	}

	@AfterEach
	void openGate() {
		gate().open();
	}

	@ParameterizedTest
	@MethodSource("paths")
	void workEndsAfterTheFlush(String path) throws Exception {
		HttpResponse<InputStream> response = application()
			.getLater("/early-flush/" + path + "?failure=NONE", HttpResponse.BodyHandlers.ofInputStream())
			.get(10, TimeUnit.SECONDS);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(rows()).isEmpty();
		gate().open();
		assertThat(response.body()).hasContent("first and last");
		assertThat(rows()).containsExactly("before", "inside", "after");
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureBreaksTheResponseOff(String path, Failure failure) throws Exception {
		gate().open();
		assertThatIOException().isThrownBy(() -> get("/early-flush/" + path + "?failure=" + failure));
		assertThat(rows()).isEqualTo(kept(path, failure));
	}

	static Stream<String> paths() {
		return Stream.of("template", "service", "result");
	}

	static Stream<Arguments> failures() {
		return paths().flatMap((path) -> Stream.of(Failure.values())
			.filter((failure) -> failure != Failure.NONE)
			.map((failure) -> Arguments.of(path, failure)));
	}

	private Gate gate() {
		return application().bean(Gate.class);
	}

}
