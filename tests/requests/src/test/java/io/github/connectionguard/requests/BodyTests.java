package io.github.connectionguard.requests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for bodies of all sizes, on Tomcat: the commit comes before the first byte, which
 * is when the container sends it, and not sooner.
 */
@Tag("extended")
class BodyTests extends RequestTests {

	/**
	 * Around the sizes at which the containers send.
	 */
	private static final int[] SIZES = { 1, 8191, 8192, 8193, 16_385, 20_000, 32_767, 32_768, 32_769, 200_000 };

	private static final int SMALL = 8000;

	BodyTests() {
		super("unit");
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsSentAfterACommitThatFailed(Body body) throws Exception {
		for (int size : new int[] { 8193, 20_000, 33_000 }) {
			assertNothingIsSent(written(body, size));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "entity", "text", "streaming", "written-anew", "dispatched" })
	void nothingIsReturnedAfterACommitThatFailed(String path) throws Exception {
		for (int size : new int[] { 200, 8193, 20_000, 40_000 }) {
			assertNothingIsSent("/bodies/" + path + "?size=" + size);
		}
	}

	@ParameterizedTest
	@MethodSource("bodies")
	@Tag("slow")
	void nothingIsSentAfterACommitThatFailed(Body body, int size) throws Exception {
		assertNothingIsSent(written(body, size));
		assertNothingIsSent(written(body, size) + "&announced=true");
		assertNothingIsSent(written(body, size) + "&buffer=16384");
		assertNothingIsSent(written(body, size) + "&buffer=1000&announced=true");
		assertNothingIsSent(written(body, size) + "&buffer=100000");
	}

	@ParameterizedTest
	@MethodSource("bodies")
	@Tag("slow")
	void rowIsThereWhenTheFirstByteArrives(Body body, int size) throws Exception {
		String text = body.text(size);
		for (String more : new String[] { "", "&announced=true", "&buffer=16384" }) {
			emptyTable();
			HttpResponse<InputStream> response = application()
				.getLater(written(body, size) + more, HttpResponse.BodyHandlers.ofInputStream())
				.get();
			assertThat(response.statusCode()).isEqualTo(200);
			try (InputStream stream = response.body()) {
				assertThat(stream.read()).isNotNegative();
				assertThat(rows()).containsExactly("a");
				assertThat(stream.readAllBytes()).hasSize(text.getBytes(Charset.forName(body.charset())).length - 1);
			}
		}
	}

	/**
	 * As long as the container has sent nothing, a failure is told and undoes everything.
	 */
	@ParameterizedTest
	@EnumSource(names = { "STREAM", "STREAM_IN_PARTS", "STREAM_IN_BYTES", "BUFFER", "PRINTED", "WRITER",
			"WRITER_IN_PARTS", "WRITER_OF_LATIN", "WRITER_OF_TWO_BYTES" })
	void failureAfterASmallBodyUndoesEverything(Body body) throws Exception {
		HttpResponse<String> response = get(written(body, SMALL) + "&fails=true");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain(Body.SIGN);
		assertThat(rows()).isEmpty();
	}

	static Stream<Arguments> bodies() {
		return Stream.of(Body.values())
			.flatMap((body) -> IntStream.of(SIZES).mapToObj((size) -> Arguments.of(body, size)));
	}

	private static String written(Body body, int size) {
		return "/bodies/written/" + body + "?size=" + size;
	}

	private void assertNothingIsSent(String path) throws Exception {
		HttpResponse<byte[]> response = application().get(path + "&killed=true",
				HttpResponse.BodyHandlers.ofByteArray(), "Accept-Encoding", "gzip");
		assertThat(response.statusCode()).as(path).isEqualTo(500);
		assertThat(text(response)).as(path).doesNotContain(Body.SIGN);
		assertThat(rows()).as(path).isEmpty();
	}

	private static String text(HttpResponse<byte[]> response) throws IOException {
		byte[] body = response.body();
		if (response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent()) {
			body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
		}
		return new String(body, StandardCharsets.UTF_8);
	}

}
