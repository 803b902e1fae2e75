package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that what the documents say of speed and size was measured: each such figure is
 * followed by a {@link MeasuredClaim}, which the results have to bear out.
 * <p>
 * What looks like a figure of speed or size is looked for by its unit. Plain seconds are
 * not, as they are what is configured, by this project or by others.
 */
class FiguresTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Path RESULTS = Path.of("results").toAbsolutePath();

	private static final Pattern CLAIM = Pattern.compile("([^|]*?)<!-- measured: (.*?) -->");

	private static final Pattern FIGURE = Pattern
		.compile("(?i)\\d ?(?:µs|ms|[kMG]B|%|×)(?!\\w)|\\d times as|\\b(?:two|three|four|five|ten|twice) times as"
				+ "|hundredths? of a second|a (?:micro|milli)second(?! before)");

	/**
	 * Code, and messages that are quoted.
	 */
	private static final Pattern QUOTED = Pattern.compile("`[^`]*`|\\*[^*]+\\*|\\]\\([^)]*\\)");

	/**
	 * What is said of limits, which tests of their own hold, and not of what was
	 * measured.
	 */
	private static final Set<String> LIMITS = Set
		.of("both go on within a few hundredths of a second when it accepts connections again");

	static List<Path> documents() throws IOException {
		try (Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
			List<Path> all = new ArrayList<>(documents.filter((file) -> file.toString().endsWith(".md")).toList());
			all.add(ROOT.resolve("README.md"));
			return all;
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void figureIsFoundInTheResults(Path document) throws IOException {
		for (MatchResult found : CLAIM.matcher(Files.readString(document)).results().toList()) {
			MeasuredClaim claim = MeasuredClaim.parse(found.group(2));
			assertThat(claim.isSaidIn(found.group(1))).as("'%s' says %s", found.group(1), claim.bound()).isTrue();
			assertThat(claim.holds(RESULTS)).as(claim.toString()).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void figureTellsWhereItWasMeasured(Path document) throws IOException {
		for (String line : prose(Files.readString(document))) {
			assertThat(unmeasured(line)).as("a figure without '%s …'", MeasuredClaim.MARK).isFalse();
		}
	}

	private static List<String> prose(String document) {
		return document.replaceAll("(?s)```.*?```", "").lines().toList();
	}

	private static boolean unmeasured(String line) {
		String said = CLAIM.matcher(line).replaceAll("");
		for (String limit : LIMITS) {
			said = said.replace(limit, "");
		}
		return FIGURE.matcher(QUOTED.matcher(said).replaceAll("")).find();
	}

	@Test
	void figureWithoutItsPlaceIsSeen() {
		assertThat(unmeasured("It takes 3 ms.")).isTrue();
		assertThat(unmeasured("It is 40 times as fast.")).isTrue();
		assertThat(unmeasured("It is 40 times as fast<!-- measured: a | b | c | d >= 40 -->.")).isFalse();
		assertThat(unmeasured("Its default is `3ms`, and 20 s elsewhere.")).isFalse();
	}

	@Test
	void placeOfAnotherNumberIsSeen() {
		MeasuredClaim claim = MeasuredClaim.parse("pools | borrow | throughput | one : other >= 40");
		assertThat(claim.isSaidIn("at least 40 times")).isTrue();
		assertThat(claim.isSaidIn("at least 140 times")).isFalse();
		assertThat(claim.isSaidIn("at least 40.5 times")).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> MeasuredClaim.parse("pools | borrow"));
	}

}
