package io.github.connectionguard.benchmarks.startup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.connectionguard.benchmarks.report.Benchmark;
import io.github.connectionguard.benchmarks.report.Chart;
import io.github.connectionguard.benchmarks.report.Figure;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.Table;
import io.github.connectionguard.testsupport.TestServer;

import org.springframework.boot.SpringBootVersion;

/**
 * What the starter adds to the start of a web application: starts with it on the class
 * path and without, one after the other, each in a new JVM.
 */
public final class StartUpBenchmark implements Benchmark {

	/**
	 * Starts of the same application differ by half a second: 31 pairs tell the median to
	 * a tenth.
	 */
	private static final int STARTS = 61;

	private static final double TARGET = 0.1;

	private static final String LISTENING = "until it listens";

	private static final String ANSWERED = "until it has answered a read";

	private static final String GUARDED = "guarded";

	private static final String WITHOUT = "without";

	private static final String ADDED = "added by the guard";

	private static final String TIME = "time";

	@Override
	public String name() {
		return "start-up";
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("Spring Boot", SpringBootVersion.getVersion());
	}

	@Override
	public List<Measurement> measure(boolean quick) throws Exception {
		List<Start> guarded = new ArrayList<>();
		List<Start> without = new ArrayList<>();
		try (TestServer server = TestServer.start()) {
			String database = server.createDatabase();
			for (int i = 0; i < (quick ? 1 : STARTS); i++) {
				start(server, database, i % 2 == 0, guarded, without);
			}
		}
		List<Measurement> measurements = new ArrayList<>();
		measurements.addAll(measurements(LISTENING, guarded, without, Start::listening));
		measurements.addAll(measurements(ANSWERED, guarded, without, Start::answered));
		return measurements;
	}

	/**
	 * Neither is always the first of a pair.
	 */
	private static void start(TestServer server, String database, boolean guardedFirst, List<Start> guarded,
			List<Start> without) throws IOException, InterruptedException {
		Start first = Start.of(server, database, guardedFirst);
		Start second = Start.of(server, database, !guardedFirst);
		guarded.add(guardedFirst ? first : second);
		without.add(guardedFirst ? second : first);
	}

	private static List<Measurement> measurements(String row, List<Start> guarded, List<Start> without,
			ToDoubleFunction<Start> time) {
		List<Double> added = new ArrayList<>();
		for (int i = 0; i < guarded.size(); i++) {
			added.add(time.applyAsDouble(guarded.get(i)) - time.applyAsDouble(without.get(i)));
		}
		return List.of(new Measurement(row, ADDED, TIME, "s", added),
				new Measurement(row, GUARDED, TIME, "s", guarded.stream().mapToDouble(time).boxed().toList()),
				new Measurement(row, WITHOUT, TIME, "s", without.stream().mapToDouble(time).boxed().toList()));
	}

	@Override
	public Presentation present(Results results) {
		List<List<String>> rows = new ArrayList<>();
		List<String> behind = new ArrayList<>();
		for (String row : results.rows(TIME)) {
			Measurement added = results.find(row, ADDED, TIME).orElseThrow();
			rows.add(List.of(row, added.text(), results.find(row, GUARDED, TIME).orElseThrow().text(),
					results.find(row, WITHOUT, TIME).orElseThrow().text()));
			if (added.median() >= TARGET) {
				behind.add("Start-up, %s: the guard adds %s s, more than the %s s it may.".formatted(row,
						Figure.of(added.median()), Figure.of(TARGET)));
			}
		}
		Table table = new Table(List.of("start", "added, s", "guarded, s", "without, s"), rows);
		return new Presentation(behind, table.markdown(), List.of(new Chart("start-up", "Start of a web application",
				"s", Chart.Kind.DOTS, false, results.measurements())));
	}

}
