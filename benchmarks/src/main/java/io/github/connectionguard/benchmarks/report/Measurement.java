package io.github.connectionguard.benchmarks.report;

import java.util.List;

/**
 * One figure that was measured several times.
 *
 * @param row the circumstances, such as {@code 1 thread} or a fault
 * @param column who was measured, such as a pool
 * @param metric what was measured of it, such as {@code slowest}
 * @param unit the unit of the values, empty for a number of something
 * @param values what each run measured, at least one
 */
public record Measurement(String row, String column, String metric, String unit, List<Double> values) {

	public Measurement {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("Nothing was measured of '%s' at '%s'".formatted(column, row));
		}
		values = List.copyOf(values);
	}

	/**
	 * Return what lies in the middle of the values.
	 * @return the median
	 */
	public double median() {
		List<Double> sorted = this.values.stream().sorted().toList();
		int half = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
	}

	/**
	 * Return the lowest of the values.
	 * @return where an error bar begins
	 */
	public double low() {
		return this.values.stream().mapToDouble(Double::doubleValue).min().getAsDouble();
	}

	/**
	 * Return the highest of the values.
	 * @return where an error bar ends
	 */
	public double high() {
		return this.values.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
	}

	/**
	 * Return the median with the range of the values, as a table shows it.
	 * @return a text such as {@code 0.21 (0.20–0.24)}, without the range if there is none
	 */
	public String text() {
		String median = Figure.of(median());
		String low = Figure.of(low());
		String high = Figure.of(high());
		return low.equals(high) ? median : "%s (%s–%s)".formatted(median, low, high);
	}

}
