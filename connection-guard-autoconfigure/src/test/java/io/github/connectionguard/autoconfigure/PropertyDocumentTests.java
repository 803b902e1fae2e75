package io.github.connectionguard.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the documents tell the properties there are, and no others.
 */
class PropertyDocumentTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern KEY = Pattern
		.compile("(?<![\\w./-])(connection-guard|management\\.health\\.connection-guard"
				+ "|management\\.endpoint\\.connectionguard)(\\.[a-z]+(-[a-z]+)*)+(?!\\w)");

	private static final String FILE = "connection-guard.json";

	private final Map<String, Map<String, Object>> properties = ConfigurationMetadataTests.properties()
		.stream()
		.collect(Collectors.toMap((property) -> text(property, "name"), (property) -> property, (one, other) -> one,
				TreeMap::new));

	@Test
	void tableHasEachKeyWithTypeDefaultAndMeaningAndNoOther() throws IOException {
		List<String> table = this.properties.values().stream().map(PropertyDocumentTests::row).toList();
		assertThat(rows("docs/properties.md", "All of them")).as("to be copied:%n%s", String.join("\n", table))
			.containsExactlyElementsOf(table);
	}

	@Test
	void eachKeyIsToldWhenToChangeWithItsDefault() throws IOException {
		Map<String, String> defaults = new TreeMap<>();
		this.properties.forEach((key, property) -> defaults.put(key, defaultValue(property)));
		Map<String, String> told = defaults("docs/properties.md", "When to change which");
		assertThat(defaults).containsAllEntriesOf(told)
			.containsAllEntriesOf(defaults("README.md", "Properties you may want"));
		assertThat(told.keySet())
			.containsAll(defaults.keySet().stream().filter((key) -> key.startsWith("connection-guard.")).toList());
	}

	private static Map<String, String> defaults(String document, String heading) throws IOException {
		return rows(document, heading).stream()
			.map((row) -> row.split("\\|"))
			.filter((cells) -> KEY.matcher(key(cells)).matches())
			.collect(Collectors.toMap(PropertyDocumentTests::key, (cells) -> cells[2].strip()));
	}

	private static String key(String[] cells) {
		return cells[1].replace("`", "").strip();
	}

	@Test
	void nobodyIsToldOfAKeyThatIsNotThere() throws IOException {
		assertThat(Stream.of("README.md", "docs", "connection-guard-autoconfigure/src/main/java").flatMap(this::keysIn))
			.hasSizeGreaterThan(80)
			.allMatch(this.properties::containsKey);
	}

	private Stream<String> keysIn(String path) {
		try (Stream<Path> files = Files.walk(ROOT.resolve(path))) {
			return files.filter(PropertyDocumentTests::isText).toList().stream().flatMap(PropertyDocumentTests::keysIn);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isText(Path file) {
		return Files.isRegularFile(file) && !file.toString().endsWith(".png");
	}

	private static Stream<String> keysIn(Path file) {
		try {
			return KEY.matcher(Files.readString(file))
				.results()
				.map(MatchResult::group)
				.filter((key) -> !key.equals(FILE))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> rows(String document, String heading) throws IOException {
		return Files.readAllLines(ROOT.resolve(document))
			.stream()
			.dropWhile((line) -> !line.equals("## " + heading))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("## "))
			.filter((line) -> line.startsWith("| `"))
			.toList();
	}

	private static String row(Map<String, Object> property) {
		String defaultValue = defaultValue(property);
		return "| `%s` | %s |%s| %s |".formatted(property.get("name"), type(text(property, "type")),
				defaultValue.isEmpty() ? " " : " " + defaultValue + " ", property.get("description"));
	}

	private static String defaultValue(Map<String, Object> property) {
		Object value = property.get("defaultValue");
		return (value != null) ? code(value.toString()) : "";
	}

	private static String type(String type) {
		String simple = type.replaceAll("<.*", "").replaceAll(".*\\.", "").toLowerCase(Locale.ROOT);
		return switch (simple) {
			case "boolean", "duration", "string" -> simple;
			case "list", "set" -> "list";
			default -> Stream.of(constants(type))
				.map(Object::toString)
				.map(PropertyDocumentTests::code)
				.collect(Collectors.joining(", "));
		};
	}

	private static Object[] constants(String type) {
		try {
			return Class.forName(type).getEnumConstants();
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String code(String value) {
		return "`" + value.toLowerCase(Locale.ROOT).replace('_', '-') + "`";
	}

	private static String text(Map<String, Object> property, String field) {
		return String.valueOf(property.get(field));
	}

}
