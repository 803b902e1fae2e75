package io.github.connectionguard.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.connectionguard.benchmarks.report.Chart;
import io.github.connectionguard.benchmarks.report.Figure;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.Table;

/**
 * Shows what many connections and many guards cost, beside what was aimed at.
 */
final class ScalePresentation {

	private static final int HANDSHAKES_A_GUARD = 20;

	private static final List<Metric> OF_POOLS = List.of(Metric.WALK, Metric.DEATH, Metric.HEAP, Metric.MEMORY,
			Metric.THREADS, Metric.MOST_THREADS, Metric.DESCRIPTORS, Metric.DIRECT, Metric.PING, Metric.SILENCE,
			Metric.TIMER);

	private static final List<Metric> OF_FLEETS = List.of(Metric.LOGINS, Metric.LOGINS_IN_A_SECOND, Metric.FULL,
			Metric.INTERRUPTED, Metric.FAILED, Metric.TURNED_AWAY);

	private final Results results;

	private final List<String> behind = new ArrayList<>();

	ScalePresentation(Results results) {
		this.results = results;
	}

	Presentation presentation() {
		checkPools();
		checkFleets();
		String text = String.join("\n\n", table("of a pool", OF_POOLS).markdown(),
				table("of a fleet", OF_FLEETS).markdown());
		return new Presentation(this.behind, text,
				List.of(chart("scale-time", "What a walk and a look at all connections take", "ms", Metric.WALK,
						Metric.DEATH),
						chart("scale-memory", "Heap that a pool takes beyond the driver's", "kB", Metric.HEAP)));
	}

	private Table table(String what, List<Metric> metrics) {
		List<String> header = new ArrayList<>(List.of(what, ""));
		metrics.forEach((metric) -> header.add(heading(metric)));
		List<List<String>> rows = new ArrayList<>();
		metrics.stream()
			.flatMap((metric) -> this.results.rows(metric.label()).stream())
			.distinct()
			.forEach((row) -> columns(row, metrics).forEach((column) -> rows.add(line(row, column, metrics))));
		return new Table(header, rows);
	}

	private static String heading(Metric metric) {
		return metric.unit().isEmpty() ? metric.label() : metric.label() + ", " + metric.unit();
	}

	private List<String> columns(String row, List<Metric> metrics) {
		return metrics.stream()
			.flatMap((metric) -> this.results.columns(metric.label()).stream())
			.distinct()
			.filter((column) -> metrics.stream().anyMatch((metric) -> find(row, column, metric).isPresent()))
			.toList();
	}

	private List<String> line(String row, String column, List<Metric> metrics) {
		List<String> line = new ArrayList<>(List.of(row, column));
		metrics.forEach((metric) -> line.add(find(row, column, metric).map(Measurement::text).orElse("")));
		return line;
	}

	private Optional<Measurement> find(String row, String column, Metric metric) {
		return this.results.find(row, column, metric.label());
	}

	private Chart chart(String name, String title, String axis, Metric... metrics) {
		List<Measurement> shown = new ArrayList<>();
		for (Metric metric : metrics) {
			for (Measurement measurement : this.results.measurements()) {
				if (measurement.metric().equals(metric.label())) {
					shown.add(new Measurement(measurement.row(), measurement.metric() + ", " + measurement.column(),
							measurement.metric(), measurement.unit(), measurement.values()));
				}
			}
		}
		return new Chart(name, title, axis, Chart.Kind.CURVES, true, shown);
	}

	// What was aimed at

	private void checkPools() {
		check("1000 connections", Metric.WALK, 1);
		check("1000 connections", Metric.DEATH, 20);
		check("1000 connections", Metric.MEMORY, 2);
	}

	private void check(String row, Metric metric, double most) {
		find(row, PoolRun.GUARDED, metric).filter((figure) -> figure.median() > most)
			.ifPresent((figure) -> this.behind.add("Scale, %s: %s, more than the %s aimed at.".formatted(row,
					"%s is %s %s".formatted(metric.label(), figure.text(), metric.unit()).strip(), Figure.of(most))));
	}

	private void checkFleets() {
		for (String row : this.results.rows(Metric.LOGINS.label())) {
			int applications = Integer.parseInt(row.split(" ")[0]);
			int connections = Fleet.connections(applications);
			if (row.contains("restart")) {
				check(row, Metric.LOGINS, connections + applications);
			}
			else if (row.contains("quiet") && !row.contains("frozen")) {
				check(row, Metric.LOGINS, 0);
			}
			check(row, Metric.INTERRUPTED, HANDSHAKES_A_GUARD * applications);
			check(row, Metric.TURNED_AWAY, 0);
		}
	}

}
