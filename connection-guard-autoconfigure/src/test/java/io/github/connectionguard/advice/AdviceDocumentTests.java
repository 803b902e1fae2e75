package io.github.connectionguard.advice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the document that lists all of {@link Advice}.
 */
class AdviceDocumentTests {

	private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|[^|]+\\|[^|]+\\|[^|]+\\|$",
			Pattern.MULTILINE);

	@Test
	void tableHasARowForEachAdviceAndNoOther() throws IOException {
		String document = Files.readString(Path.of("..", "docs", "advice.md"));
		List<String> rows = ROW.matcher(document).results().map((row) -> row.group(1)).toList();
		assertThat(rows).containsExactlyElementsOf(Arrays.stream(Advice.values()).map(Advice::key).toList());
		assertThat(document.lines().filter((line) -> line.startsWith("| `"))).hasSameSizeAs(rows);
	}

	@Test
	void keysAreDistinctAndToldWithTheSentence() {
		assertThat(Arrays.stream(Advice.values()).map(Advice::key)).doesNotHaveDuplicates();
		assertThat(Advice.AUTO_RECONNECT.with()).startsWith("Advice (auto-reconnect): ");
	}

}
