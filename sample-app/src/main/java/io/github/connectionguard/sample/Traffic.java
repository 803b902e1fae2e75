package io.github.connectionguard.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Sends this application requests that write, all at once, which a browser does not do:
 * it opens six connections at most.
 */
@Component
class Traffic {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final JsonMapper json;

	Traffic(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Send requests, and return at once.
	 * @param requests how many
	 * @param text what each of them is to note
	 * @param port the port of this application
	 * @return what comes of them
	 */
	CompletableFuture<TrafficReport> send(int requests, String text, int port) {
		URI uri = UriComponentsBuilder.fromUriString("http://127.0.0.1:{port}/notes/slow?text={text}")
			.encode()
			.build(port, text);
		HttpRequest request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
		List<CompletableFuture<Answer>> answers = Stream.generate(() -> send(request)).limit(requests).toList();
		return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
			.thenApply((all) -> TrafficReport.of(answers.stream().map(CompletableFuture::join).toList()));
	}

	private CompletableFuture<Answer> send(HttpRequest request) {
		long began = System.nanoTime();
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
			.handle((response, failure) -> new Answer(Duration.ofNanos(System.nanoTime() - began),
					(failure != null) ? failure.toString() : failure(response)));
	}

	private @Nullable String failure(HttpResponse<String> response) {
		if (response.statusCode() == 200) {
			return null;
		}
		String message = this.json.readTree(response.body()).path("message").asString();
		return response.statusCode() + ": " + message.lines().findFirst().orElse("");
	}

	/**
	 * What came of a request.
	 *
	 * @param took how long it took
	 * @param failure why it failed, or {@code null} if it did not
	 */
	record Answer(Duration took, @Nullable String failure) {

	}

}
