package io.github.connectionguard.benchmarks.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.connectionguard.benchmarks.report.Chart;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.Table;

/**
 * The table of all faults and pools.
 */
final class FaultTable {

	static final String FAILED = "failed";

	static final String SPOILED = "spoiled";

	static final String SLOWEST = "slowest";

	static final String RECOVERY = "recovery";

	static final String FAILED_AND_DONE = "failed-and-done";

	static final String LOST = "lost";

	static final String LOGINS = "logins";

	static final String PINGS = "pings";

	private static final String GUARD = Contender.HIKARI_GUARDED.title();

	private static final String BEST_OTHER = "the best of all others";

	/**
	 * So many seconds are better waited for than a failure.
	 */
	private static final double FAILURE = 1000;

	private static final int BEST = 3;

	private final Results results;

	FaultTable(Results results) {
		this.results = results;
	}

	Presentation present() {
		String cells = "Each cell: failed requests · slowest, s · time to recover, s · told a failure though the row is "
				+ "there / told of success though it is not, if any · logins and pings a minute. Failures are the sum "
				+ "of all rounds; times and the rest are medians of the rounds.";
		return new Presentation(behind(), cells + "\n\n" + table().markdown(), List.of(chart()));
	}

	private List<String> rows() {
		return this.results.rows(FAILED);
	}

	private List<String> columns() {
		return this.results.columns(FAILED);
	}

	private Table table() {
		List<String> header = new ArrayList<>(List.of("pool"));
		header.addAll(rows());
		List<List<String>> lines = new ArrayList<>();
		for (String column : columns()) {
			List<String> line = new ArrayList<>(List.of(column.equals(GUARD) ? "**" + column + "**" : column));
			rows().forEach((row) -> line.add(cell(row, column)));
			lines.add(line);
		}
		return new Table(header, lines);
	}

	private String cell(String row, String column) {
		if (find(row, column, FAILED).isEmpty()) {
			return "not run";
		}
		FaultFigures figures = figures(row, column);
		String untrue = (figures.failedAndDone() + figures.lost() > 0)
				? " · %.0f/%.0f".formatted(figures.failedAndDone(), figures.lost()) : "";
		return String.format(Locale.ROOT, "%s · %.2f · %.2f%s · %.0f/%.0f", failed(figures.failed()), figures.slowest(),
				figures.recovery(), untrue, median(row, column, LOGINS), median(row, column, PINGS));
	}

	private static String failed(double number) {
		return String.format(Locale.ROOT, (number > 0) ? "**%.0f**" : "%.0f", number);
	}

	private FaultFigures figures(String row, String column) {
		return new FaultFigures(sum(row, column, LOST), sum(row, column, FAILED), sum(row, column, FAILED_AND_DONE),
				median(row, column, SLOWEST), median(row, column, RECOVERY));
	}

	private Optional<Measurement> find(String row, String column, String metric) {
		return this.results.find(row, column, metric);
	}

	private double sum(String row, String column, String metric) {
		return find(row, column, metric).orElseThrow().values().stream().mapToDouble(Double::doubleValue).sum();
	}

	private double median(String row, String column, String metric) {
		return find(row, column, metric).orElseThrow().median();
	}

	/**
	 * Says where others are ahead.
	 */
	private List<String> behind() {
		List<String> behind = new ArrayList<>();
		for (String row : rows()) {
			FaultFigures guard = figures(row, GUARD);
			String ahead = columns().stream()
				.filter((column) -> !column.equals(GUARD) && find(row, column, FAILED).isPresent())
				.filter((column) -> figures(row, column).isAheadOf(guard))
				.sorted(Comparator.comparingDouble(
						(column) -> figures(row, column).failed() * FAILURE + figures(row, column).slowest()))
				.map((column) -> column + " (" + figures(row, column).text() + ")")
				.limit(BEST)
				.collect(Collectors.joining(", "));
			if (!ahead.isEmpty()) {
				behind.add("Faults, %s: guarded %s; ahead, the best of them first: %s.".formatted(row, guard.text(),
						ahead));
			}
		}
		return behind;
	}

	private Chart chart() {
		List<Measurement> shown = new ArrayList<>();
		for (String row : rows()) {
			for (String column : List.of(Contender.HIKARI.title(), Contender.HIKARI_EXPERT.title(), GUARD)) {
				find(row, column, SPOILED).ifPresent(shown::add);
			}
			columns().stream()
				.filter((column) -> !column.startsWith("HikariCP"))
				.flatMap((column) -> find(row, column, SPOILED).stream())
				.min(Comparator.comparingDouble(Measurement::median))
				.ifPresent((best) -> shown.add(new Measurement(row, BEST_OTHER, SPOILED, best.unit(), best.values())));
		}
		return new Chart("faults", "Requests that failed or took longer than 1 s, of each round", "requests",
				Chart.Kind.DOTS, false, shown);
	}

}
