package io.github.connectionguard.requests;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for bodies that are larger than any buffer.
 */
class DownloadTests extends RequestTests {

	private static final long KILOBYTE = 1024;

	private static final long MEGABYTE = 1024 * KILOBYTE;

	DownloadTests() {
		super("unit");
	}

	@BeforeEach
	void closeGate() {
		gate(application()).close();
	}

	@AfterEach
	void openGate() {
		gate(application()).open();
	}

	@ParameterizedTest
	@ValueSource(strings = { "stream", "writer" })
	void rowIsThereWhenTheFirstByteArrives(String by) throws Exception {
		try (InputStream body = download(application(), by, 200 * KILOBYTE)) {
			assertThat(body.read()).isNotNegative();
			assertThat(rows()).containsExactly("a");
			gate(application()).open();
			assertThat(body.skip(Long.MAX_VALUE)).isEqualTo(200 * KILOBYTE - 1);
		}
	}

	/**
	 * Of 1 GB nothing is kept: the handler takes hardly more memory than without the
	 * guard, where the container's waiting for the network takes some.
	 */
	@Tag("slow")
	@ParameterizedTest
	@ValueSource(strings = { "stream", "writer" })
	void largeBodyIsNotKept(String by) throws Exception {
		long without;
		try (RequestsApp unguarded = start("off", 4)) {
			without = memoryForOneGigabyte(unguarded, by);
		}
		emptyTable();
		assertThat(memoryForOneGigabyte(application(), by)).isBetween(1L, 32 * MEGABYTE)
			.isLessThan(without + 8 * MEGABYTE);
	}

	private long memoryForOneGigabyte(RequestsApp app, String by) throws Exception {
		gate(app).open();
		try (InputStream body = download(app, by, 1024 * MEGABYTE)) {
			assertThat(body.read()).isNotNegative();
			assertThat(rows()).containsExactly("a");
			assertThat(body.skip(Long.MAX_VALUE)).isEqualTo(1024 * MEGABYTE - 1);
		}
		return app.bean(DownloadController.class).allocated();
	}

	private static InputStream download(RequestsApp app, String by, long length) throws Exception {
		HttpResponse<InputStream> response = app
			.getLater("/download/" + by + "?length=" + length, HttpResponse.BodyHandlers.ofInputStream())
			.get(10, TimeUnit.SECONDS);
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private static Gate gate(RequestsApp app) {
		return app.bean(Gate.class);
	}

}
