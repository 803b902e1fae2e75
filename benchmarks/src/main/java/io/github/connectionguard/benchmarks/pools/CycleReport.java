package io.github.connectionguard.benchmarks.pools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.connectionguard.benchmarks.report.Chart;
import io.github.connectionguard.benchmarks.report.Figure;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.Table;

/**
 * Shows what statements and transactions take on borrowed connections.
 */
final class CycleReport {

	private static final String GUARDED = PoolKind.GUARDED.label();

	private static final String CHARTED = "stub, 0.1 ms";

	private static final Comparator<Measurement> FASTEST_FIRST = Comparator.comparingDouble(Measurement::median);

	private final Results results;

	private final List<String> behind = new ArrayList<>();

	private CycleReport(Results results) {
		this.results = results;
	}

	static Presentation of(Results results) {
		return new CycleReport(results).present();
	}

	private Presentation present() {
		List<List<String>> rows = new ArrayList<>();
		for (String row : this.results.rows(Forks.MEAN)) {
			row(row).ifPresent(rows::add);
		}
		Table table = new Table(List.of("what, on which server", "best of the others : guarded", "guarded, µs",
				"best of the others, µs", "guarded, p99.9 µs", "lowest p99.9 of the others, µs"), rows);
		List<Measurement> shown = this.results.rows(Forks.MEAN)
			.stream()
			.filter((row) -> row.contains(CHARTED))
			.flatMap((row) -> all(row, Forks.MEAN))
			.toList();
		return new Presentation(this.behind, table.markdown(), List
			.of(new Chart("cycles", "How long a borrow or a transaction takes", "µs", Chart.Kind.DOTS, true, shown)));
	}

	private Stream<Measurement> all(String row, String metric) {
		return this.results.columns(metric)
			.stream()
			.map((column) -> this.results.find(row, column, metric))
			.flatMap(Optional::stream)
			.sorted(FASTEST_FIRST);
	}

	private Optional<List<String>> row(String row) {
		Optional<Measurement> guarded = this.results.find(row, GUARDED, Forks.MEAN);
		if (guarded.isEmpty()) {
			return Optional.empty();
		}
		Measurement best = others(row, Forks.MEAN).min(FASTEST_FIRST).orElseThrow();
		Measurement steadiest = others(row, Forks.SLOWEST).min(FASTEST_FIRST).orElseThrow();
		double ratio = best.median() / guarded.get().median();
		if (ratio < 1) {
			this.behind.add("%s: %s times as fast as %s.".formatted(row, Figure.of(ratio), best.column()));
		}
		return Optional.of(List.of(row, Figure.of(ratio), guarded.get().text(), best.text() + " " + best.column(),
				this.results.find(row, GUARDED, Forks.SLOWEST).orElseThrow().text(),
				steadiest.text() + " " + steadiest.column()));
	}

	private Stream<Measurement> others(String row, String metric) {
		return all(row, metric).filter((measurement) -> !measurement.column().startsWith(GUARDED));
	}

}
