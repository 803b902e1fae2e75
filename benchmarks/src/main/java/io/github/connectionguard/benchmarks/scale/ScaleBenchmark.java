package io.github.connectionguard.benchmarks.scale;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.benchmarks.report.Benchmark;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.testsupport.TestServer;
import org.jspecify.annotations.Nullable;

/**
 * How what the guard costs grows with the connections of one pool, and with the
 * applications of one server.
 */
public final class ScaleBenchmark implements Benchmark {

	private static final List<Integer> SIZES = List.of(10, 100, 1000);

	private static final List<Integer> SIZES_ON_A_SERVER = List.of(10, 100, 400);

	private static final int SPEED = 20;

	private static final String FLEET = "fleet";

	private final Figures figures = new Figures();

	@Override
	public String name() {
		return "scale";
	}

	@Override
	public Map<String, String> versions() {
		return Map.of();
	}

	@Override
	public Presentation present(Results results) {
		return new ScalePresentation(results).presentation();
	}

	@Override
	public List<Measurement> measure(boolean quick) throws Exception {
		if (quick) {
			pools(List.of(10), List.of(10));
			fleet(4, true, Duration.ofSeconds(6), Duration.ofSeconds(6));
		}
		else {
			pools(SIZES, SIZES_ON_A_SERVER);
			fleet(50, true, Duration.ofMinutes(1), Duration.ofMinutes(2));
			fleet(200, true, Duration.ofMinutes(1), Duration.ofMinutes(5));
			fleet(200, false, Duration.ofMinutes(1), Duration.ofMinutes(2));
			new FleetRun(this.figures, 200, true).measureHour(SPEED);
		}
		return this.figures.measurements();
	}

	private void pools(List<Integer> sizes, List<Integer> sizesOnAServer) throws Exception {
		PoolRun smallest = null;
		for (int size : sizes) {
			try (Child stub = Child.start(StubServer.class, List.of(), "28800")) {
				String url = "jdbc:mysql://127.0.0.1:%s/?sslMode=DISABLED".formatted(stub.answer());
				smallest = measure(new PoolRun(this.figures, size, "", List.of(url, FLEET, FLEET)), smallest);
			}
		}
		try (TestServer server = TestServer.start("--max-connections=1000")) {
			smallest = null;
			for (int size : sizesOnAServer) {
				smallest = measure(new PoolRun(this.figures, size, server.isMariaDb() ? ", MariaDB" : ", MySQL",
						List.of(server.jdbcUrl(""), server.username(), server.password())), smallest);
			}
		}
	}

	/**
	 * Measure one size.
	 * @return the run with the smallest pool
	 */
	private static PoolRun measure(PoolRun run, @Nullable PoolRun smallest) throws IOException {
		run.measure(smallest);
		return (smallest != null) ? smallest : run;
	}

	private void fleet(int applications, boolean guarded, Duration freeze, Duration quiet) throws Exception {
		new FleetRun(this.figures, applications, guarded).measure(freeze, quiet);
	}

}
