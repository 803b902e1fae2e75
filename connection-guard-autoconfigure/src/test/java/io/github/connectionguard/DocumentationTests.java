package io.github.connectionguard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what the documents of this project refer to is there.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	private static final int MOST_WORDS_OF_README = 900;

	static List<Path> documents() throws IOException {
		try (Stream<Path> root = Files.list(ROOT); Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(root, documents).filter((file) -> file.toString().endsWith(".md")).toList();
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linkLeadsSomewhere(Path document) throws IOException {
		Matcher links = LINK.matcher(Files.readString(document));
		while (links.find()) {
			String link = links.group(1);
			if (!link.contains("://")) {
				assertThat(isThere(document, link)).as(link).isTrue();
			}
		}
	}

	private static boolean isThere(Path document, String link) throws IOException {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
		return Files.exists(target) && (parts.length == 1 || HEADING.matcher(Files.readString(target))
			.results()
			.anyMatch((heading) -> anchor(heading.group(1)).equals(parts[1])));
	}

	/**
	 * What GitHub makes of a heading.
	 */
	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	@Test
	void readmeIsReadInFiveMinutes() throws IOException {
		assertThat(Files.readString(ROOT.resolve("README.md")).trim().split("\\s+"))
			.hasSizeLessThan(MOST_WORDS_OF_README);
	}

}
