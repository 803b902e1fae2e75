package io.github.connectionguard.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table of the page.
 *
 * @param header the names of the columns
 * @param rows the cells, as many in each row as there are columns
 */
public record Table(List<String> header, List<List<String>> rows) {

	/**
	 * Write the table.
	 * @return the table in Markdown
	 */
	public String markdown() {
		List<String> lines = new ArrayList<>();
		lines.add(line(this.header));
		lines.add(line(Collections.nCopies(this.header.size(), "---")));
		this.rows.forEach((row) -> lines.add(line(row)));
		return String.join("\n", lines);
	}

	private static String line(List<String> cells) {
		return "| %s |".formatted(String.join(" | ", cells));
	}

}
