package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.connectionguard.benchmarks.report.Page;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page of the results shows what the last runs measured.
 */
class ResultsPageTests {

	private static final Path DIRECTORY = Path.of("").toAbsolutePath();

	private static final Pattern IMAGE = Pattern.compile("!\\[[^]]*]\\(([^)]+)\\)");

	private static final int MOST_BYTES_OF_CHART = 60_000;

	private final String page;

	ResultsPageTests() throws IOException {
		this.page = Files.readString(DIRECTORY.resolve("RESULTS.md"));
	}

	@Test
	void pageIsMadeOfTheResults() throws IOException {
		assertThat(new Benchmarks(DIRECTORY).page(new Page(this.page)).text())
			.as("the page, made anew by 'benchmarks/run report'")
			.isEqualTo(this.page);
	}

	@Test
	void chartsAreThereAndSmall() {
		List<String> images = IMAGE.matcher(this.page).results().map((MatchResult image) -> image.group(1)).toList();
		assertThat(images).allSatisfy((image) -> assertThat(DIRECTORY.resolve(image).toFile()).size()
			.isBetween(1L, (long) MOST_BYTES_OF_CHART));
	}

}
