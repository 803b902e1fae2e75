package io.github.connectionguard.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/endpoint.md} tells every verdict and every action, and no other.
 */
class EndpointDocumentTests {

	@Test
	void everyVerdictIsToldTheWorstFirst() throws IOException {
		assertThat(firstColumn("## The verdict"))
			.containsExactlyElementsOf(Stream.of(Verdict.Status.values()).map(Verdict.Status::name).toList());
	}

	@Test
	void everyActionIsTold() throws IOException {
		assertThat(firstColumn("## Actions"))
			.containsExactlyElementsOf(Stream.of(PoolAction.values()).map(PoolAction::toString).toList());
	}

	private static List<String> firstColumn(String heading) throws IOException {
		return Files.readAllLines(Path.of("..", "docs", "endpoint.md"))
			.stream()
			.dropWhile((line) -> !line.equals(heading))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("#"))
			.filter((line) -> line.startsWith("| `"))
			.map((line) -> line.split("`")[1])
			.toList();
	}

}
