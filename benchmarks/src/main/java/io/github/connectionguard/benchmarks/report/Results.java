package io.github.connectionguard.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one run of a benchmark measured.
 *
 * @param date the day of the run
 * @param machine what it ran on
 * @param versions of what was measured, by name
 * @param measurements the figures
 */
public record Results(String date, String machine, Map<String, String> versions, List<Measurement> measurements) {

	/**
	 * Return the circumstances under which something was measured, in order.
	 * @param metric what was measured
	 * @return the rows
	 */
	public List<String> rows(String metric) {
		return this.measurements.stream()
			.filter((measurement) -> measurement.metric().equals(metric))
			.map(Measurement::row)
			.distinct()
			.toList();
	}

	/**
	 * Return who was measured, in order.
	 * @param metric what was measured
	 * @return the columns
	 */
	public List<String> columns(String metric) {
		return this.measurements.stream()
			.filter((measurement) -> measurement.metric().equals(metric))
			.map(Measurement::column)
			.distinct()
			.toList();
	}

	/**
	 * Find a figure.
	 * @param row the circumstances
	 * @param column who was measured
	 * @param metric what was measured
	 * @return the figure, empty if it was not measured
	 */
	public Optional<Measurement> find(String row, String column, String metric) {
		return this.measurements.stream()
			.filter((measurement) -> measurement.row().equals(row) && measurement.column().equals(column)
					&& measurement.metric().equals(metric))
			.findFirst();
	}

}
