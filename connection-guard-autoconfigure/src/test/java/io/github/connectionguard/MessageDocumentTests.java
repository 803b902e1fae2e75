package io.github.connectionguard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.mysql.LoginRefusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the documents tell what the guard and its alerts say, and nothing that they
 * do not.
 * <p>
 * A message is read from the sources: string literals and what stands between them, added
 * up, with an ellipsis for each value. The name of the pool at its beginning is left out.
 * A message that consists of values is what another literal says.
 */
class MessageDocumentTests {

	private static final Path DOCS = Path.of("../docs");

	private static final String LITERAL = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";

	private static final String VALUE = "[\\w.]+(?:\\([^()\"]*\\))?";

	private static final Pattern COMMENT_OR_LITERAL = Pattern
		.compile("/\\*(?s:.*?)\\*/|//[^\\n]*|(" + LITERAL + "|'(?:[^'\\\\\\n]|\\\\.)+')");

	private static final Pattern MESSAGE = Pattern
		.compile("(?:logger\\s*\\.(?:at)?(\\w+)\\((?:level\\)\\s*\\.log\\()?\\s*)?(" + LITERAL + "(?:\\s*\\+\\s*(?:"
				+ LITERAL + "|" + VALUE + "))*+)");

	private static final Pattern OPERAND = Pattern.compile("(" + LITERAL + ")|" + VALUE);

	private static final Pattern LINE = Pattern.compile("(?m)^\\| (ERROR|WARN|INFO) \\| `([^`]+)` \\|");

	private static final Pattern QUOTE = Pattern.compile("(?m)^> (.+)$");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

	private static final Pattern EXAMPLE = Pattern.compile("(?m)^(?:ERROR|WARN|INFO) +\\S+ - (.+)$");

	private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

	private static final List<Message> MESSAGES = messages();

	@Test
	void everyLineOfTheLogIsToldWithItsLevel() throws IOException {
		List<Message> told = lines();
		assertThat(MESSAGES.stream().filter(Message::isLineOfItsOwn)).hasSizeGreaterThan(25)
			.allSatisfy((message) -> assertThat(told).as(message.toString())
				.anyMatch((line) -> line.level().equals(message.level()) && message.isQuotedBy(line.text())));
	}

	@Test
	void noLineOfTheLogIsToldThatIsNotThere() throws IOException {
		assertThat(lines()).isNotEmpty()
			.allMatch((line) -> MESSAGES.stream()
				.anyMatch((message) -> message.isQuotedBy(line.text())
						&& (message.level().isEmpty() || message.level().equals(line.level()))));
	}

	private static List<Message> lines() throws IOException {
		return found(LINE, "operations.md").map((line) -> new Message(line.group(1), line.group(2))).toList();
	}

	@Test
	void noExceptionIsQuotedThatIsNotThere() throws IOException {
		assertThat(found(QUOTE, "troubleshooting.md")).isNotEmpty()
			.extracting((quote) -> quote.group(1))
			.allMatch((quote) -> MESSAGES.stream().anyMatch((message) -> message.isQuotedBy(quote)));
	}

	@Test
	void examplesOfTheLogAreWhatItSays() throws IOException {
		for (Path document : DocumentationTests.documents()) {
			assertThat(EXAMPLE.matcher(Files.readString(document))
				.results()
				.map((example) -> example.group(1).replaceFirst("^Advice \\([a-z-]+\\): ", "")))
				.allMatch((example) -> MESSAGES.stream().anyMatch((message) -> message.isToldBy(example)));
		}
	}

	@Test
	void everyAlertIsTold() throws IOException {
		assertThat(rows("Alerts"))
			.containsExactlyElementsOf(found(ALERT, "monitoring/rules.yml").map((alert) -> alert.group(1)).toList());
	}

	@Test
	void everyCauseIsToldOnce() throws IOException {
		assertThat(Pattern.compile("`([A-Z_]+)`").matcher(section("Causes")).results().map((cause) -> cause.group(1)))
			.containsExactlyInAnyOrderElementsOf(Stream.of(LossCause.values()).map(Enum::name).toList());
	}

	@Test
	void everyRefusalIsTold() throws IOException {
		List<Message> refusals = Stream.of(LoginRefusal.values())
			.map((refusal) -> new Message("", refusal.meaning()))
			.toList();
		List<String> told = rows("Refused logins");
		assertThat(told).hasSameSizeAs(refusals);
		assertThat(refusals).allSatisfy((refusal) -> assertThat(told).anyMatch(refusal::isQuotedBy));
	}

	private static List<String> rows(String heading) throws IOException {
		return ROW.matcher(section(heading)).results().map((row) -> row.group(1)).toList();
	}

	private static String section(String heading) throws IOException {
		return Stream.of(Files.readString(DOCS.resolve("operations.md")).split("(?m)^#+ "))
			.filter((section) -> section.startsWith(heading + "\n"))
			.findFirst()
			.orElseThrow();
	}

	private static Stream<MatchResult> found(Pattern pattern, String document) throws IOException {
		return pattern.matcher(Files.readString(DOCS.resolve(document))).results();
	}

	private static List<Message> messages() {
		List<Message> messages = new ArrayList<>();
		try (Stream<Path> sources = Files.find(Path.of("src/main/java"), 10,
				(file, attributes) -> file.toString().endsWith(".java"))) {
			for (Path source : sources.toList()) {
				String code = COMMENT_OR_LITERAL.matcher(Files.readString(source))
					.replaceAll((found) -> (found.group(1) != null) ? "$0" : "");
				MESSAGE.matcher(code).results().map(Message::of).forEach(messages::add);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return messages;
	}

	/**
	 * What is said.
	 *
	 * @param level the level of the log, empty for what is no statement of the log
	 * @param text the text
	 */
	private record Message(String level, String text) {

		/**
		 * A level that is chosen when it is told is {@code WARN} for what is news.
		 */
		static Message of(MatchResult found) {
			String method = Objects.requireNonNullElse(found.group(1), "");
			String level = method.equals("Level") ? "WARN" : method.toUpperCase(Locale.ROOT);
			StringBuilder text = new StringBuilder();
			OPERAND.matcher(found.group(2))
				.results()
				.map((operand) -> operand.group(1))
				.forEach(
						(literal) -> text.append((literal != null) ? literal.substring(1, literal.length() - 1) : "…"));
			return new Message(level,
					text.toString()
						.replaceFirst("^\\{} - ", "")
						.replaceAll("\\{}|%(\\d\\$)?[sd]", "…")
						.replaceAll("\\\\[nt]", " ")
						.replaceAll("…([ …]*…)", "…")
						.strip());
		}

		boolean isLineOfItsOwn() {
			return this.level.matches("ERROR|WARN|INFO") && hasWords();
		}

		private boolean hasWords() {
			return this.text.matches(".*[A-Za-z]{2}\\W.*[A-Za-z]{2}.*");
		}

		/**
		 * Tell whether a document quotes this, maybe only its beginning.
		 */
		boolean isQuotedBy(String quote) {
			return quote.equals(this.text)
					|| (quote.matches("\\W*\\w.*…") && this.text.startsWith(quote.substring(0, quote.length() - 1)));
		}

		/**
		 * Tell whether an example is this with values.
		 */
		boolean isToldBy(String example) {
			String pattern = Stream.of(this.text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".+"));
			return hasWords() && example.matches(pattern);
		}

	}

}
