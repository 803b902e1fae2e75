package io.github.connectionguard.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page of all results. What is between the two comments that name a benchmark is made
 * of its results, and the rest is written by hand.
 *
 * @param text the page in Markdown
 */
public record Page(String text) {

	/**
	 * The section with all that the guard is behind in.
	 */
	private static final String BEHIND = "behind";

	/**
	 * Show where the guard is behind.
	 * @param presentations what is shown, by benchmark
	 * @return the new page
	 */
	public Page withBehind(Map<String, Presentation> presentations) {
		String behind = presentations.values()
			.stream()
			.flatMap((presentation) -> presentation.behind().stream())
			.map("- "::concat)
			.collect(Collectors.joining("\n"));
		return with(BEHIND, behind.isEmpty() ? "Nowhere, in what was measured." : behind);
	}

	/**
	 * Show results.
	 * @param name the name of the benchmark
	 * @param results what it measured
	 * @param presentation how they are shown
	 * @return the new page
	 */
	public Page with(String name, Results results, Presentation presentation) {
		List<String> parts = new ArrayList<>();
		parts.add(presentation.text());
		presentation.charts()
			.forEach((chart) -> parts.add("![%s](charts/%s.svg)".formatted(chart.title(), chart.name())));
		String versions = results.versions()
			.entrySet()
			.stream()
			.map((version) -> version.getKey() + " " + version.getValue())
			.collect(Collectors.joining(", "));
		parts.add(
				"%s, on %s%s.".formatted(results.date(), results.machine(), versions.isEmpty() ? "" : ": " + versions));
		return with(name, String.join("\n\n", parts));
	}

	/**
	 * Say that there are no results.
	 * @param name the name of the benchmark
	 * @return the new page
	 */
	public Page withoutResults(String name) {
		return with(name, "Not measured yet.");
	}

	private Page with(String name, String shown) {
		String opening = "<!-- %s -->".formatted(name);
		String closing = "<!-- /%s -->".formatted(name);
		int begin = this.text.indexOf(opening);
		int end = this.text.indexOf(closing);
		if (begin < 0 || end < begin) {
			throw new IllegalStateException("The page has no place for '%s'".formatted(name));
		}
		return new Page(
				this.text.substring(0, begin + opening.length()) + "\n\n" + shown + "\n\n" + this.text.substring(end));
	}

}
