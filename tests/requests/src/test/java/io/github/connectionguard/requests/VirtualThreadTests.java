package io.github.connectionguard.requests;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.connectionguard.testsupport.TestServer;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests on virtual threads. Run by the profile {@code virtual-threads}, on a
 * JDK 24 or later, where {@code synchronized} in a driver or in the container pins no
 * thread; without virtual threads they fail.
 */
@Tag("virtual-threads")
class VirtualThreadTests {

	private static final String STARTED = "jdk.VirtualThreadStart";

	private static final String PINNED = "jdk.VirtualThreadPinned";

	private static final int REQUESTS = 1000;

	private static final List<String> PATHS = List.of("/rows/ok", "/rows/only-transactional",
			"/rows/bare-then-transactional", "/rows/none", "/async/callable");

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql:", "jdbc:mariadb:" })
	void requestsPinNoThread(String driver) throws Exception {
		try (RequestsApp app = start(driver); Recording recording = new Recording()) {
			loadClasses(app);
			recording.enable(STARTED);
			recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
			recording.start();
			send(app);
			recording.stop();
			List<RecordedEvent> events = read(recording);
			assertThat(events).filteredOn((event) -> event.getEventType().getName().equals(STARTED))
				.hasSizeGreaterThanOrEqualTo(REQUESTS);
			assertThat(events).filteredOn((event) -> event.getEventType().getName().equals(PINNED))
				.noneMatch(VirtualThreadTests::isOfTheGuard);
		}
	}

	private static RequestsApp start(String driver) {
		TestServer server = TestServer.shared();
		String url = driver + "//%s:%d/%s?allowPublicKeyRetrieval=true".formatted(server.host(), server.port(),
				server.createDatabase());
		return RequestsApp.startWithUrl(url, server, "spring.threads.virtual.enabled=true",
				"spring.datasource.hikari.maximum-pool-size=8");
	}

	/**
	 * Loading a class pins a thread that has to wait for another.
	 */
	private static void loadClasses(RequestsApp app) throws Exception {
		send(app);
	}

	private static void send(RequestsApp app) throws Exception {
		List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
		for (int i = 0; i < REQUESTS; i++) {
			responses.add(app.getLater(PATHS.get(i % PATHS.size()), HttpResponse.BodyHandlers.ofString()));
		}
		for (CompletableFuture<HttpResponse<String>> response : responses) {
			assertThat(response.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		}
	}

	private List<RecordedEvent> read(Recording recording) throws Exception {
		Path file = this.folder.resolve("recording.jfr");
		recording.dump(file);
		return RecordingFile.readAllEvents(file);
	}

	private static boolean isOfTheGuard(RecordedEvent event) {
		return event.getStackTrace()
			.getFrames()
			.stream()
			.map((frame) -> frame.getMethod().getType().getName())
			.anyMatch((type) -> type.startsWith("io.github.connectionguard.")
					&& !type.startsWith("io.github.connectionguard.requests."));
	}

}
