package io.github.connectionguard.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.benchmarks.report.Chart;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.Table;

/**
 * How many requests a second were answered with the starter and without it.
 */
final class RequestRates {

	private static final String RATE = "requests";

	private static final String RATIO = "ratio";

	private static final String GUARDED = "guarded";

	private static final String WITHOUT = "without";

	private static final Map<String, String> MEANINGS = Map.of("/write", "`@Transactional` write", "/read", "bare read",
			"/read-only", "`@Transactional(readOnly = true)` read", "/none", "no database", "/find",
			"finder of Spring Data JPA", "/read-only farther", "the same read, 0.5 ms or more each way");

	private final Map<String, List<Double>> guarded = new LinkedHashMap<>();

	private final Map<String, List<Double>> without = new LinkedHashMap<>();

	private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

	void add(String name, double requestsOfTheGuarded, double requestsWithout) {
		add(this.guarded, name, requestsOfTheGuarded);
		add(this.without, name, requestsWithout);
		add(this.ratios, name, requestsOfTheGuarded / requestsWithout);
	}

	private static void add(Map<String, List<Double>> figures, String name, double value) {
		figures.computeIfAbsent(MEANINGS.getOrDefault(name, name), (key) -> new ArrayList<>()).add(value);
	}

	List<Measurement> measurements() {
		List<Measurement> measurements = new ArrayList<>();
		this.guarded.forEach((row, values) -> measurements.add(new Measurement(row, GUARDED, RATE, "1/s", values)));
		this.without.forEach((row, values) -> measurements.add(new Measurement(row, WITHOUT, RATE, "1/s", values)));
		this.ratios.forEach((row, values) -> measurements.add(new Measurement(row, GUARDED, RATIO, "", values)));
		return measurements;
	}

	static Presentation present(Results results) {
		List<List<String>> rows = new ArrayList<>();
		List<String> behind = new ArrayList<>();
		List<Measurement> ratios = new ArrayList<>();
		for (String row : results.rows(RATIO)) {
			Measurement ratio = results.find(row, GUARDED, RATIO).orElseThrow();
			ratios.add(ratio);
			rows.add(List.of(row, ratio.text(), results.find(row, GUARDED, RATE).orElseThrow().text(),
					results.find(row, WITHOUT, RATE).orElseThrow().text()));
			if (ratio.median() < 1) {
				behind.add("Requests, %s: %s as many as without the starter.".formatted(row, ratio.text()));
			}
		}
		Table table = new Table(List.of("request", "ratio", "guarded, 1/s", "without, 1/s"), rows);
		return new Presentation(behind, table.markdown(),
				List.of(new Chart("requests", "Requests a second, compared to the same application without the starter",
						"ratio", Chart.Kind.DOTS, false, ratios)));
	}

}
