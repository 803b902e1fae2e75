package io.github.connectionguard.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/causes.md} tells every cause, no other, and the same to do.
 */
class CausesDocumentTests {

	private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\|.*\\| (.+) \\|");

	private static final Pattern TERM = Pattern.compile("`([^`]+)`");

	@Test
	void documentNamesEveryCauseAndNoOther() throws IOException {
		assertThat(rows("Lost").keySet())
			.containsExactlyInAnyOrderElementsOf(Stream.of(LossCause.values()).map(Enum::name).toList());
		assertThat(rows("Retired").keySet())
			.containsExactlyInAnyOrderElementsOf(Stream.of(RetirementCause.values()).map(Enum::name).toList());
	}

	@ParameterizedTest
	@EnumSource
	void whatToDoAboutALossIsTheSame(LossCause cause) throws IOException {
		if (cause != LossCause.SILENT && cause != LossCause.LOST) { // as for another one
			assertSame(rows("Lost").getOrDefault(cause.name(), ""), cause.remedy());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatToDoAboutARetirementIsTheSame(RetirementCause cause) throws IOException {
		assertSame(rows("Retired").getOrDefault(cause.name(), ""), cause.remedy());
	}

	private static void assertSame(String documented, @Nullable String remedy) {
		if (remedy == null) {
			assertThat(documented).startsWith("nothing");
			return;
		}
		assertThat(documented).isNotEmpty().doesNotStartWith("nothing");
		for (Matcher term = TERM.matcher(documented); term.find();) {
			assertThat(remedy).contains(term.group(1));
		}
	}

	/**
	 * Return what to do by cause, as a section tells it.
	 */
	private static Map<String, String> rows(String section) throws IOException {
		Map<String, String> rows = new LinkedHashMap<>();
		String current = "";
		for (String line : Files.readAllLines(Path.of("..", "docs", "causes.md"))) {
			Matcher row = ROW.matcher(line);
			if (line.startsWith("## ")) {
				current = line.substring(3);
			}
			else if (current.equals(section) && row.matches()) {
				rows.put(row.group(1), row.group(2));
			}
		}
		return rows;
	}

}
