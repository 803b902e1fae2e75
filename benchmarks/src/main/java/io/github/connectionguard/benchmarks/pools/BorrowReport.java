package io.github.connectionguard.benchmarks.pools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.github.connectionguard.benchmarks.report.Chart;
import io.github.connectionguard.benchmarks.report.Figure;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.Table;

/**
 * Shows what borrows cost.
 */
final class BorrowReport {

	private static final String GUARDED = PoolKind.GUARDED.label();

	private static final String AS_IT_COMES = Lending.column(PoolKind.HIKARI, false);

	private static final Set<String> WINDOWS = Set.of(PoolKind.HIKARI_WINDOW_0.label(), PoolKind.MARIADB.label());

	private final Results results;

	private final List<String> behind = new ArrayList<>();

	private BorrowReport(Results results) {
		this.results = results;
	}

	static Presentation of(Results results) {
		return new BorrowReport(results).present();
	}

	private Presentation present() {
		List<String> parts = new ArrayList<>();
		List<Measurement> shown = new ArrayList<>();
		for (String row : this.results.rows(Forks.THROUGHPUT)) {
			List<Measurement> measurements = fastestFirst(row);
			if (row.endsWith(" 1 thread")) {
				shown.addAll(measurements);
			}
			parts.add("### " + row.substring(0, 1).toUpperCase(Locale.ROOT) + row.substring(1));
			parts.add(table(row, measurements).markdown());
			tellWhoIsAhead(row, measurements);
		}
		return new Presentation(this.behind, String.join("\n\n", parts),
				List.of(new Chart("pools", "Borrows a second", "borrows a second", Chart.Kind.DOTS, true, shown)));
	}

	private List<Measurement> fastestFirst(String row) {
		return this.results.columns(Forks.THROUGHPUT)
			.stream()
			.map((column) -> this.results.find(row, column, Forks.THROUGHPUT))
			.flatMap(Optional::stream)
			.sorted((one, other) -> Double.compare(other.median(), one.median()))
			.toList();
	}

	private Table table(String row, List<Measurement> measurements) {
		double guarded = guarded(row);
		List<List<String>> rows = measurements.stream()
			.map((measurement) -> List.of(measurement.column(), Figure.of(guarded / measurement.median()),
					measurement.text(),
					Figure.of(this.results.find(row, measurement.column(), Forks.ALLOCATED).orElseThrow().median())))
			.toList();
		return new Table(List.of("pool", "guarded : it", "borrows/s", "B a borrow"), rows);
	}

	private double guarded(String row) {
		return this.results.find(row, GUARDED, Forks.THROUGHPUT).orElseThrow().median();
	}

	/**
	 * A pool that lends unseen is expected to be ahead.
	 */
	private void tellWhoIsAhead(String row, List<Measurement> measurements) {
		for (Measurement measurement : measurements) {
			double ratio = guarded(row) / measurement.median();
			if (ratio < 1) {
				this.behind.add("%s: %s of the borrows of %s%s.".formatted(row, Figure.of(ratio), measurement.column(),
						unseen(measurement.column())));
			}
		}
	}

	private static String unseen(String column) {
		if (column.equals(AS_IT_COMES)) {
			return ", which lends unseen what was used within 500 ms";
		}
		return WINDOWS.contains(column) ? ", which lends unseen what was used within the same millisecond" : "";
	}

}
