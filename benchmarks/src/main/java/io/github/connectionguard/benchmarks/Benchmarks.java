package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.benchmarks.faults.FaultBenchmark;
import io.github.connectionguard.benchmarks.pools.CycleBenchmark;
import io.github.connectionguard.benchmarks.pools.PoolBenchmark;
import io.github.connectionguard.benchmarks.report.Benchmark;
import io.github.connectionguard.benchmarks.report.Chart;
import io.github.connectionguard.benchmarks.report.ChartFile;
import io.github.connectionguard.benchmarks.report.Machine;
import io.github.connectionguard.benchmarks.report.Page;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.ResultsFile;
import io.github.connectionguard.benchmarks.scale.ScaleBenchmark;
import io.github.connectionguard.benchmarks.startup.StartUpBenchmark;

/**
 * Runs a benchmark, or makes the page and its charts of what the last runs measured.
 */
public final class Benchmarks {

	/**
	 * All benchmarks, in the order of the page.
	 */
	static final List<Benchmark> ALL = List.of(new PoolBenchmark(), new CycleBenchmark(), new FaultBenchmark(),
			new RequestBenchmark(), new ScaleBenchmark(), new StartUpBenchmark());

	private static final String REPORT = "report";

	private static final String QUICK = "--quick";

	private final Path directory;

	Benchmarks(Path directory) {
		this.directory = directory;
	}

	/**
	 * Run a benchmark or make the page.
	 * @param arguments the name of the benchmark or {@code report}, then perhaps
	 * {@code --quick} to see whether a benchmark works, which leaves the page as it is
	 * @throws Exception if something does not work
	 */
	public static void main(String[] arguments) throws Exception {
		Benchmarks benchmarks = new Benchmarks(Path.of("").toAbsolutePath());
		boolean quick = List.of(arguments).contains(QUICK);
		if (!arguments[0].equals(REPORT)) {
			benchmarks.run(benchmark(arguments[0]), quick);
		}
		if (!quick) {
			benchmarks.report();
		}
		System.exit(0);
	}

	private static Benchmark benchmark(String name) {
		return ALL.stream()
			.filter((benchmark) -> benchmark.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no benchmark '%s'".formatted(name)));
	}

	private void run(Benchmark benchmark, boolean quick) throws Exception {
		Results results = new Results(LocalDate.now().toString(), Machine.describe(), benchmark.versions(),
				benchmark.measure(quick));
		if (!quick) {
			file(benchmark).write(results);
		}
		Presentation presentation = benchmark.present(results);
		System.out.printf("%s%n%n%s%n", presentation.text(),
				String.join(System.lineSeparator(), presentation.behind()));
	}

	private void report() throws IOException {
		Path path = this.directory.resolve("RESULTS.md");
		Files.writeString(path, page(new Page(Files.readString(path))).text());
		for (Presentation presentation : presentations().values()) {
			for (Chart chart : presentation.charts()) {
				new ChartFile(this.directory.resolve("charts").resolve(chart.name() + ".svg")).write(chart);
			}
		}
	}

	/**
	 * Bring a page up to what the last runs measured.
	 */
	Page page(Page page) throws IOException {
		Page result = page;
		for (Benchmark benchmark : ALL) {
			if (file(benchmark).isThere()) {
				Results results = file(benchmark).read();
				result = result.with(benchmark.name(), results, benchmark.present(results));
			}
			else {
				result = result.withoutResults(benchmark.name());
			}
		}
		return result.withBehind(presentations());
	}

	private Map<String, Presentation> presentations() throws IOException {
		Map<String, Presentation> presentations = new LinkedHashMap<>();
		for (Benchmark benchmark : ALL) {
			if (file(benchmark).isThere()) {
				presentations.put(benchmark.name(), benchmark.present(file(benchmark).read()));
			}
		}
		return presentations;
	}

	private ResultsFile file(Benchmark benchmark) {
		return new ResultsFile(this.directory.resolve("results").resolve(benchmark.name() + ".json"));
	}

}
