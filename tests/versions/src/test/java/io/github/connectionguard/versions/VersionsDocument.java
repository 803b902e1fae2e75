package io.github.connectionguard.versions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The document that lists the combinations of versions, with what the guard does there.
 */
final class VersionsDocument {

	private static final String HEADING = "## ";

	/**
	 * The cells of a combination, and what the guard does.
	 */
	private static final Pattern ROW = Pattern.compile("(\\| \\d+ \\|(?: [^|]+ \\|){5}) (.+) \\|");

	private final Path file;

	private final List<String> lines;

	/**
	 * Read the document.
	 * @param file the file
	 */
	VersionsDocument(Path file) {
		this.file = file;
		try {
			this.lines = new ArrayList<>(Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the combinations.
	 * @param section the heading of the section to look in, empty for all
	 * @return for each, what the guard does
	 */
	Map<Combination, String> combinations(String section) {
		Map<Combination, String> found = new LinkedHashMap<>();
		String heading = "";
		for (String line : this.lines) {
			if (line.startsWith(HEADING)) {
				heading = line.substring(HEADING.length());
			}
			Matcher row = ROW.matcher(line);
			if (row.matches() && (section.isEmpty() || section.equals(heading))) {
				found.put(Combination.of(row.group(1)), row.group(2));
			}
		}
		return found;
	}

	/**
	 * Write down what the guard does with a combination of versions.
	 * @param combination the versions
	 * @param guard what the guard does
	 */
	void write(Combination combination, String guard) {
		this.lines.replaceAll((line) -> {
			Matcher row = ROW.matcher(line);
			return (row.matches() && Combination.of(row.group(1)).equals(combination))
					? row.group(1) + " " + guard + " |" : line;
		});
		try {
			Files.writeString(this.file, String.join("\n", this.lines) + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
