package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.github.connectionguard.benchmarks.report.Benchmark;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * How many requests a second an application answers with the starter, compared to the
 * same one without, in turns. Each round starts both anew, since the compiler makes
 * something else of the same application each time.
 */
final class RequestBenchmark implements Benchmark {

	private static final int ROUNDS = 5;

	/**
	 * How many the compiler needs for what all requests have in common: on two
	 * processors, it works beside the clients for a minute and a half.
	 */
	private static final int FIRST_WARM_UP_SLICES = 90;

	private static final int WARM_UP_SLICES = 20;

	private static final int SLICES = 20;

	private static final Duration SLICE = Duration.ofMillis(500);

	private static final List<String> PATHS = List.of("/write", "/read", "/read-only", "/none");

	/**
	 * At the least: a hop waits for whole milliseconds.
	 */
	private static final Duration FARTHER = Duration.ofNanos(500_000);

	private final RequestRates rates = new RequestRates();

	@Override
	public String name() {
		return "requests";
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("Spring Boot", SpringBootVersion.getVersion());
	}

	@Override
	public Presentation present(Results results) {
		return RequestRates.present(results);
	}

	@Override
	public List<Measurement> measure(boolean quick) throws Exception {
		try (TestServer server = TestServer.start(); TcpHop hop = TcpHop.to(server.port())) {
			String database = server.createDatabase();
			execute(server, database, "CREATE TABLE line (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))");
			execute(server, database, "INSERT INTO line (name) VALUES ('first')");
			hop.delay(FARTHER);
			String url = server.jdbcUrl(database);
			String farther = server.jdbcUrl(database, hop);
			for (int round = 0; round < (quick ? 1 : ROUNDS); round++) {
				run(LineApplication.class, server, url, PATHS, "");
				run(EntityApplication.class, server, url, List.of("/find"), "");
				run(LineApplication.class, server, farther, List.of("/read-only"), " farther");
			}
		}
		return this.rates.measurements();
	}

	private static ServedApplication serve(Class<?> application, TestServer server, String url, String excluded)
			throws IOException {
		return ServedApplication.start(application, "--server.port=0", "--server.address=127.0.0.1",
				"--server.tomcat.max-keep-alive-requests=-1", "--spring.datasource.url=" + url,
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

	private void run(Class<?> application, TestServer server, String url, List<String> paths, String where)
			throws Exception {
		try (ServedApplication guarded = serve(application, server, url, "");
				ServedApplication plain = serve(application, server, url, autoConfigurationsOfTheGuard())) {
			if (!guarded.isGuarded() || plain.isGuarded()) {
				throw new IllegalStateException("Not one of the applications is guarded, and the other not");
			}
			LoadedServer first = new LoadedServer(guarded.port());
			LoadedServer second = new LoadedServer(plain.port());
			requestsPerSecond(paths.get(0), first, second, FIRST_WARM_UP_SLICES);
			for (String path : paths) {
				compare(path, path + where, first, second);
			}
		}
	}

	private void compare(String path, String name, LoadedServer guarded, LoadedServer plain)
			throws InterruptedException, ExecutionException {
		requestsPerSecond(path, guarded, plain, WARM_UP_SLICES);
		double[] requests = requestsPerSecond(path, guarded, plain, SLICES);
		this.rates.add(name, requests[0], requests[1]);
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

}
