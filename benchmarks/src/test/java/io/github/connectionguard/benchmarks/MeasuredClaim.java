package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.ResultsFile;

/**
 * A figure in a document, as the comment after it tells where it was measured:
 * {@code <!-- measured: FILE | ROW | METRIC | COLUMN >= 40 -->} or, of a ratio,
 * {@code COLUMN : COLUMN >= 40}.
 *
 * @param benchmark the name of the file of results
 * @param row the circumstances
 * @param metric what was measured
 * @param columns who was measured, and perhaps what that is divided by
 * @param operator {@code >=} or {@code <=}
 * @param bound the number that the document says
 */
record MeasuredClaim(String benchmark, String row, String metric, String columns, String operator, String bound) {

	static final String MARK = "<!-- measured:";

	static MeasuredClaim parse(String comment) {
		String[] parts = comment.split("\\|", -1);
		String[] last = parts[parts.length - 1].trim().split(" (?=[<>]= [\\d.]+$)");
		String[] condition = last[last.length - 1].split(" ");
		if (parts.length != 4 || last.length != 2 || condition.length != 2) {
			throw new IllegalArgumentException("Not a place of the results: " + comment);
		}
		return new MeasuredClaim(parts[0].trim(), parts[1].trim(), parts[2].trim(), last[0].trim(), condition[0],
				condition[1]);
	}

	/**
	 * Tell whether a text says the number, as digits.
	 */
	boolean isSaidIn(String text) {
		return Pattern.compile("(?<![\\d.])" + Pattern.quote(this.bound) + "(?![\\d.]*\\d)").matcher(text).find();
	}

	boolean holds(Path results) throws IOException {
		Results measured = new ResultsFile(results.resolve(this.benchmark + ".json")).read();
		String[] names = this.columns.split(" : ");
		double value = median(measured, names[0]);
		if (names.length > 1) {
			value /= median(measured, names[1]);
		}
		double said = Double.parseDouble(this.bound);
		return this.operator.equals(">=") ? value >= said : value <= said;
	}

	private double median(Results measured, String column) {
		return measured.find(this.row, column, this.metric)
			.orElseThrow(() -> new IllegalArgumentException(
					"Nothing was measured of '%s' at '%s'".formatted(column, this.row)))
			.median();
	}

}
