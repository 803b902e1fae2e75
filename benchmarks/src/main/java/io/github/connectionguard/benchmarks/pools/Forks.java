package io.github.connectionguard.benchmarks.pools;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.testsupport.TestServer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures in turns: a fork of each, then the next fork of each, so that whatever else
 * the machine does meets all.
 */
final class Forks {

	static final String THROUGHPUT = "throughput";

	static final String ALLOCATED = "allocated";

	static final String MEAN = "mean";

	static final String SLOWEST = "p99.9";

	private static final String ALLOCATION_RATE = "gc.alloc.rate.norm";

	private static final double PERCENTILE = 99.9;

	private final int forks;

	private final int warmUps;

	private final int iterations;

	private final TimeValue time;

	private final Map<Key, List<Double>> figures = new LinkedHashMap<>();

	private Forks(int forks, int warmUps, int iterations, TimeValue time) {
		this.forks = forks;
		this.warmUps = warmUps;
		this.iterations = iterations;
		this.time = time;
	}

	static Forks of(int warmUps, int iterations) {
		return new Forks(3, warmUps, iterations, TimeValue.seconds(1));
	}

	static Forks quick() {
		return new Forks(1, 1, 1, TimeValue.milliseconds(500));
	}

	/**
	 * Measure.
	 * @param all what to measure, in the order of the turns
	 * @return the figures, each of a fork
	 */
	List<Measurement> measure(List<Lending> all) throws SQLException, RunnerException {
		try (TestServer server = TestServer.start()) {
			String database = server.createDatabase();
			try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
				statement.execute("CREATE TABLE line (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))");
			}
			for (int fork = 0; fork < this.forks; fork++) {
				for (Lending lending : all) {
					run(lending, server, database);
				}
			}
		}
		List<Measurement> measurements = new ArrayList<>();
		this.figures.forEach(
				(key, values) -> measurements.add(new Measurement(key.row, key.column, key.metric, key.unit, values)));
		return measurements;
	}

	private void run(Lending lending, TestServer server, String database) throws RunnerException {
		RunResult result = new Runner(options(lending, server, database)).runSingle();
		Result<?> primary = result.getPrimaryResult();
		if (lending.mode() == Mode.Throughput) {
			note(lending, THROUGHPUT, "1/s", primary.getScore());
		}
		else {
			note(lending, MEAN, "µs", primary.getScore());
			note(lending, SLOWEST, "µs", primary.getStatistics().getPercentile(PERCENTILE));
		}
		Result<?> allocated = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATION_RATE),
				ALLOCATION_RATE);
		note(lending, ALLOCATED, "B", allocated.getScore());
		System.out.printf("%s, %s: %.1f%n", lending.row(), lending.column(), primary.getScore());
	}

	private void note(Lending lending, String metric, String unit, double value) {
		this.figures.computeIfAbsent(new Key(lending.row(), lending.column(), metric, unit), (key) -> new ArrayList<>())
			.add(value);
	}

	/**
	 * Drivers and pools leave threads, for whose end a fork would wait half a minute.
	 */
	private Options options(Lending lending, TestServer server, String database) {
		return new OptionsBuilder().include("^" + LentConnections.class.getName() + "." + lending.operation() + "$")
			.param("pool", lending.pool().label())
			.param("looking", String.valueOf(lending.looking()))
			.param("stub", String.valueOf(lending.answer() != Lending.REAL))
			.jvmArgsAppend("-D" + LentConnections.URL + "=" + server.jdbcUrl(database),
					"-D" + LentConnections.USERNAME + "=" + server.username(),
					"-D" + LentConnections.PASSWORD + "=" + server.password(),
					"-D" + Answer.PROPERTY + "=" + Math.max(0, lending.answer()), "-Dlogging.level.root=WARN",
					"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1")
			.mode(lending.mode())
			.timeUnit((lending.mode() == Mode.Throughput) ? TimeUnit.SECONDS : TimeUnit.MICROSECONDS)
			.threads(lending.threads())
			.forks(1)
			.warmupIterations(this.warmUps)
			.warmupTime(this.time)
			.measurementIterations(this.iterations)
			.measurementTime(this.time)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build();
	}

	/**
	 * What a figure is of.
	 */
	private record Key(String row, String column, String metric, String unit) {

	}

}
