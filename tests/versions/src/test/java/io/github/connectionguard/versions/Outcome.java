package io.github.connectionguard.versions;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.connectionguard.versions.application.VersionsApplication;

/**
 * What came of running the application.
 *
 * @param log all that it said
 */
record Outcome(List<String> log) {

	/**
	 * How the guard says what it does without.
	 */
	private static final Pattern LACKING = Pattern.compile(" not as expected[^:]*: (.+)");

	/**
	 * How it says that the guard has failed where the application goes on without it.
	 */
	private static final Pattern FAILURE = Pattern.compile("The guard itself has failed|^Exception in thread");

	private static final String WHOLE = "all";

	/**
	 * Return what of the promises is broken, and where the guard fails.
	 * @return a line for each
	 */
	List<String> broken() {
		return this.log.stream()
			.filter((line) -> line.startsWith(VersionsApplication.BROKEN) || FAILURE.matcher(line).find())
			.toList();
	}

	/**
	 * Return how many of the promises are kept.
	 * @return the number
	 */
	long kept() {
		return this.log.stream().filter((line) -> line.startsWith(VersionsApplication.KEPT)).count();
	}

	/**
	 * Return what the guard does, according to the log.
	 * @return the cell of the table
	 */
	String guard() {
		String lacking = this.log.stream()
			.map(LACKING::matcher)
			.filter(Matcher::find)
			.map((found) -> found.group(1))
			.collect(Collectors.joining("; "));
		return lacking.isEmpty() ? WHOLE : "all but this: " + lacking;
	}

	String text() {
		return String.join("\n", this.log);
	}

}
