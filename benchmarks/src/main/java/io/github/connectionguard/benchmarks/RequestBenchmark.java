package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

	/**
	 * What the compiler makes of an application differs more from start to start than
	 * slices of one start do.
	 */
	private static final int ROUNDS = 5;

	private static final int SLICES = 10;

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
			AlternatingLoad load = new AlternatingLoad(guarded, plain);
			for (String path : paths) {
				compare(path, path + where, load);
			}
		}
	}

	private void compare(String path, String name, AlternatingLoad load) throws Exception {
		if (!load.warmUp(path)) {
			System.out.printf("%-18s  is still being compiled%n", name);
		}
		double[] requests = load.requestsPerSecond(path, SLICES);
		this.rates.add(name, requests[0], requests[1]);
	}

}
