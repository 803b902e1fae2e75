package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.github.connectionguard.testsupport.TestServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * How many requests a second an application answers with the starter, compared to the
 * same one without, in turns. One request writes a row in a {@code @Transactional}
 * method, one does without the database. Each round starts both anew, since the compiler
 * makes something else of the same application each time. Prints the figures of the
 * rounds, and the medians of their ratios.
 */
public final class RequestBenchmark {

	private static final int ROUNDS = 5;

	private static final int WARM_UP_SLICES = 30;

	private static final int SLICES = 10;

	private static final Duration SLICE = Duration.ofMillis(500);

	private static final List<String> PATHS = List.of("/write", "/none");

	private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

	private RequestBenchmark() {
	}

	/**
	 * Run the benchmark.
	 * @param arguments none
	 * @throws Exception if a request failed
	 */
	public static void main(String[] arguments) throws Exception {
		try (TestServer server = TestServer.start()) {
			String database = server.createDatabase();
			execute(server, database, "CREATE TABLE line (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))");
			RequestBenchmark benchmark = new RequestBenchmark();
			for (int round = 0; round < ROUNDS; round++) {
				benchmark.run(server, database);
			}
			benchmark.printMedians();
		}
	}

	private static ServedApplication serve(TestServer server, String database, String excluded) throws IOException {
		return ServedApplication.start("--server.port=0", "--server.address=127.0.0.1",
				"--server.tomcat.max-keep-alive-requests=-1", "--spring.datasource.url=" + server.jdbcUrl(database),
				"--spring.datasource.username=" + server.username(),
				"--spring.datasource.password=" + server.password(), "--spring.autoconfigure.exclude=" + excluded);
	}

	private static String autoConfigurationsOfTheGuard() {
		List<String> names = new ArrayList<>();
		for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
			if (name.startsWith("io.github.connectionguard.")) {
				names.add(name);
			}
		}
		return String.join(",", names);
	}

	private static void execute(TestServer server, String database, String sql) throws SQLException {
		try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private void run(TestServer server, String database) throws Exception {
		try (ServedApplication guarded = serve(server, database, "");
				ServedApplication plain = serve(server, database, autoConfigurationsOfTheGuard())) {
			if (!guarded.isGuarded() || plain.isGuarded()) {
				throw new IllegalStateException("Not one of the applications is guarded, and the other not");
			}
			for (String path : PATHS) {
				compare(path, new LoadedServer(guarded.port()), new LoadedServer(plain.port()));
			}
		}
	}

	private void compare(String path, LoadedServer guarded, LoadedServer plain)
			throws InterruptedException, ExecutionException {
		requestsPerSecond(path, guarded, plain, WARM_UP_SLICES);
		double[] requests = requestsPerSecond(path, guarded, plain, SLICES);
		double ratio = requests[0] / requests[1];
		this.ratios.computeIfAbsent(path, (key) -> new ArrayList<>()).add(ratio);
		System.out.printf("%-6s  guarded %6.0f/s  without %6.0f/s  ratio %.3f%n", path, requests[0], requests[1],
				ratio);
	}

	/**
	 * The two take turns in short slices, so that a disturbance of the machine does not
	 * meet one alone, and neither is always the first.
	 */
	private static double[] requestsPerSecond(String path, LoadedServer first, LoadedServer second, int slices)
			throws InterruptedException, ExecutionException {
		double[] requests = new double[2];
		for (int slice = 0; slice < slices; slice++) {
			for (int turn = 0; turn < 2; turn++) {
				int which = (slice + turn) % 2;
				requests[which] += ((which == 0) ? first : second).requestsPerSecond(path, SLICE) / slices;
			}
		}
		return requests;
	}

	private void printMedians() {
		this.ratios.forEach((path, all) -> {
			List<Double> sorted = all.stream().sorted().toList();
			System.out.printf("%-6s  median of the ratios %.3f%n", path, sorted.get(sorted.size() / 2));
		});
	}

}
