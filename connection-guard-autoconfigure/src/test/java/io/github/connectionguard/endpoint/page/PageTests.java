package io.github.connectionguard.endpoint.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Page}.
 */
class PageTests {

	private static final Pattern FILE = Pattern.compile("base/([^\"]+)");

	private static final int MOST_BYTES = 60_000;

	@Test
	void weighsLittleWithAllThatItLoads() {
		Page page = new Page("base");
		String html = page.html().content();
		List<String> files = FILE.matcher(html)
			.results()
			.map((MatchResult file) -> Objects.requireNonNull(page.file(file.group(1))).content())
			.toList();
		assertThat(files).hasSize(3);
		assertThat(Stream.concat(Stream.of(html), files.stream())
			.mapToInt((content) -> content.getBytes(StandardCharsets.UTF_8).length)
			.sum()).isLessThan(MOST_BYTES);
	}

}
