package io.github.connectionguard.neighbours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The document that tells of the libraries, and lists what differs with the starter.
 */
final class NeighboursDocument {

	private static final Path FILE = Path.of("..", "..", "docs", "neighbours.md");

	private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

	private static final String HEADING = "## What differs";

	private NeighboursDocument() {
	}

	/**
	 * Return the rows of its table of differences, without their head.
	 */
	static List<Row> differences() throws IOException {
		String section = Files.readString(FILE).split("\n" + HEADING + "\n")[1].split("\n## ")[0];
		return section.lines()
			.map(ROW::matcher)
			.filter(Matcher::matches)
			.map((row) -> new Row(row.group(2), row.group(3), row.group(4)))
			.skip(1)
			.toList();
	}

	/**
	 * A difference.
	 *
	 * @param title what differs
	 * @param reason why
	 * @param remedy what to do
	 */
	record Row(String title, String reason, String remedy) {

	}

}
