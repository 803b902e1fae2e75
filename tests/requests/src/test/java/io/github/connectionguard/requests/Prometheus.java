package io.github.connectionguard.requests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

import org.springframework.util.FileSystemUtils;

/**
 * A Prometheus server of one's own that scrapes one application each second, and the tool
 * that comes with it.
 */
final class Prometheus implements AutoCloseable {

	/**
	 * Set by whoever asks for these tests, who shall not believe that they passed where
	 * they could not run.
	 */
	private static final String REQUIRED = "tests.monitoring.required";

	private static final String NOT_RUN = "The tests of monitoring were NOT RUN: they need the commands 'prometheus' and "
			+ "'promtool', as of Debian's package prometheus";

	private static final Pattern ADDRESS = Pattern.compile("Listening on\"? address=(127\\.0\\.0\\.1:[0-9]+)");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newHttpClient();

	private final Instant start = Instant.now();

	private final Path folder;

	private final Process process;

	private String address = "";

	private Prometheus(Path folder, Process process) {
		this.folder = folder;
		this.process = process;
	}

	/**
	 * Skips a test where there is no Prometheus, or fails it if it was asked for.
	 */
	static void require() {
		boolean installed = Stream.of("prometheus", "promtool").allMatch(Prometheus::isInstalled);
		if (!installed && Boolean.getBoolean(REQUIRED)) {
			throw new IllegalStateException(NOT_RUN);
		}
		Assumptions.assumeTrue(installed, NOT_RUN);
	}

	private static boolean isInstalled(String command) {
		return Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((path) -> Files.isExecutable(Path.of(path, command)));
	}

	/**
	 * Runs {@code promtool}.
	 * @param input what it reads from its standard input
	 * @param arguments its arguments
	 * @return what it says
	 * @throws IllegalStateException if it is not content
	 */
	static String tool(String input, String... arguments) throws IOException, InterruptedException {
		Process tool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
			.redirectErrorStream(true)
			.start();
		try (OutputStream in = tool.getOutputStream()) {
			in.write(input.getBytes(StandardCharsets.UTF_8));
		}
		try (InputStream out = tool.getInputStream()) {
			String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
			if (tool.waitFor() != 0) {
				throw new IllegalStateException("promtool says: " + said);
			}
			return said;
		}
	}

	/**
	 * Starts a server.
	 * @param applicationPort the port of the application on this machine
	 * @param rules its rules
	 * @return the server, which listens
	 */
	static Prometheus start(int applicationPort, String rules) throws IOException {
		Path folder = Files.createTempDirectory("connection-guard-prometheus");
		Files.writeString(folder.resolve("rules.yml"), rules);
		Path configuration = Files.writeString(folder.resolve("prometheus.yml"), """
				global: {scrape_interval: 1s, evaluation_interval: 1s}
				rule_files: [rules.yml]
				scrape_configs:
				  - job_name: requests
				    metrics_path: /actuator/prometheus
				    static_configs: [{targets: ['127.0.0.1:%d']}]
				""".formatted(applicationPort));
		Process process = new ProcessBuilder("prometheus", "--config.file=" + configuration,
				"--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:0")
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("log").toFile())
			.start();
		Prometheus server = new Prometheus(folder, process);
		try {
			server.awaitReady();
			return server;
		}
		catch (RuntimeException | Error ex) {
			server.close();
			throw ex;
		}
	}

	private void awaitReady() {
		Awaitility.await().atMost(PATIENCE).until(() -> {
			String log = Files.readString(this.folder.resolve("log"));
			if (!this.process.isAlive()) {
				throw new IllegalStateException("Prometheus ended: " + log);
			}
			Matcher told = ADDRESS.matcher(log);
			if (!told.find()) {
				return false;
			}
			this.address = told.group(1);
			return send("/-/ready").statusCode() == 200;
		});
	}

	/**
	 * Returns the names of the alerts that are firing.
	 * @return the names, as often as they fire
	 */
	List<String> firing() throws IOException, InterruptedException {
		return JsonPath.read(get("/api/v1/alerts"), "$.data.alerts[?(@.state == 'firing')].labels.alertname");
	}

	/**
	 * Returns a value of each rule.
	 * @param field the path of the value within a rule
	 * @return the values, where there are any
	 */
	<T> List<T> ofRules(String field) throws IOException, InterruptedException {
		return JsonPath.read(get("/api/v1/rules"), "$.data.groups[*].rules[*]." + field);
	}

	/**
	 * Returns what an expression has been since this server was started.
	 * @param expression the expression
	 * @return all values of all its series
	 */
	List<String> valuesOf(String expression) throws IOException, InterruptedException {
		return JsonPath.read(
				get("/api/v1/query_range?step=1&start=%d&end=%d&query=%s".formatted(this.start.getEpochSecond(),
						Instant.now().getEpochSecond(), URLEncoder.encode(expression, StandardCharsets.UTF_8))),
				"$.data.result[*].values[*][1]");
	}

	private String get(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = send(path);
		if (response.statusCode() != 200) {
			throw new IllegalStateException("Prometheus says: " + response.body());
		}
		return response.body();
	}

	private HttpResponse<String> send(String path) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create("http://" + this.address + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() throws IOException {
		this.process.destroyForcibly().onExit().join();
		FileSystemUtils.deleteRecursively(this.folder);
	}

}
