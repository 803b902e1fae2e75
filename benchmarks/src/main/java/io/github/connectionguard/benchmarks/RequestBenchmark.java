package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

import io.github.connectionguard.testsupport.TestServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * How many requests a second an application answers with the starter, compared to the
 * same one without, in turns. One request writes a row in a {@code @Transactional}
 * method, one does without the database. Prints the figures of each round, and the
 * medians of their ratios.
 */
public final class RequestBenchmark {

	private static final int ROUNDS = 5;

	private static final Duration WARM_UP = Duration.ofSeconds(8);

	private static final int SLICES = 10;

	private static final Duration SLICE = Duration.ofMillis(500);

	private static final List<String> PATHS = List.of("/write", "/none");

	private final LoadedServer guarded;

	private final LoadedServer plain;

	private RequestBenchmark(LoadedServer guarded, LoadedServer plain) {
		this.guarded = guarded;
		this.plain = plain;
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
			try (ServedApplication guarded = serve(server, database, "");
					ServedApplication plain = serve(server, database, autoConfigurationsOfTheGuard())) {
				if (!guarded.isGuarded() || plain.isGuarded()) {
					throw new IllegalStateException("Not one of the applications is guarded, and the other not");
				}
				new RequestBenchmark(new LoadedServer(guarded.port()), new LoadedServer(plain.port())).run();
			}
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

	private void run() throws InterruptedException, ExecutionException {
		for (String path : PATHS) {
			this.plain.requestsPerSecond(path, WARM_UP);
			this.guarded.requestsPerSecond(path, WARM_UP);
		}
		for (String path : PATHS) {
			compare(path);
		}
	}

	/**
	 * The two take turns in short slices, so that a disturbance of the machine does not
	 * meet one alone.
	 */
	private void compare(String path) throws InterruptedException, ExecutionException {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			double with = 0;
			double without = 0;
			for (int slice = 0; slice < SLICES; slice++) {
				without += this.plain.requestsPerSecond(path, SLICE) / SLICES;
				with += this.guarded.requestsPerSecond(path, SLICE) / SLICES;
			}
			ratios.add(with / without);
			System.out.printf("%-6s  guarded %6.0f/s  without %6.0f/s  ratio %.3f%n", path, with, without,
					with / without);
		}
		ratios.sort(null);
		System.out.printf("%-6s  median of the ratios %.3f%n%n", path, ratios.get(ROUNDS / 2));
	}

}
