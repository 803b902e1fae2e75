package io.github.connectionguard.benchmarks.report;

import java.util.List;

/**
 * A chart of the page.
 *
 * @param name the name of its file, without the ending
 * @param title what it shows
 * @param axis what is measured, with the unit
 * @param kind how it shows it
 * @param logarithmic whether each step of an axis is ten times the one before
 * @param measurements what it shows; the guard's stand out
 */
public record Chart(String name, String title, String axis, Kind kind, boolean logarithmic,
		List<Measurement> measurements) {

	/**
	 * How a chart shows figures.
	 */
	public enum Kind {

		/**
		 * A line for each figure, with a dot and its range, under the name of its row.
		 */
		DOTS,

		/**
		 * A curve for each column, over rows that are numbers.
		 */
		CURVES

	}

}
