package io.github.connectionguard.benchmarks.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.connectionguard.benchmarks.faults.application.FaultApplication;
import io.github.connectionguard.testsupport.network.Client;

import static org.awaitility.Awaitility.await;

/**
 * An application in a process of its own.
 */
final class RunningApplication implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final Contender contender;

	private final Process process;

	private final Path log;

	private RunningApplication(Contender contender, Process process, Path log) {
		this.contender = contender;
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts an application, and returns at once.
	 * @param contender its pool
	 * @param network where it runs
	 * @param host where its server is, for it
	 * @param port the server's port
	 * @param password the password of its account
	 * @param lifetime how many seconds an expert lets a connection live
	 * @param folder where its log goes
	 */
	static RunningApplication start(Contender contender, Client network, String host, int port, String password,
			int lifetime, Path folder) {
		Path log = folder.resolve(contender.account() + ".log");
		List<String> command = contender.isPython() ? python(contender, host, port, password, lifetime)
				: java(contender, host, port, password, lifetime);
		Process process = network
			.call(() -> new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
		return new RunningApplication(contender, process, log);
	}

	private static List<String> java(Contender contender, String host, int port, String password, int lifetime) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
		command.addAll(contender.options());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), FaultApplication.class.getName()));
		String url = "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true&sslMode=DISABLED".formatted(host, port,
				contender.account());
		command.addAll(contender.properties(url, lifetime));
		command.addAll(List.of("--spring.datasource.username=" + contender.account(),
				"--spring.datasource.password=" + password, "--spring.datasource.hikari.maximum-pool-size=8",
				"--server.port=0", "--server.address=127.0.0.1", "--server.error.include-message=always",
				"--logging.pattern.console=%d{HH:mm:ss.SSS} %-5p [%t] %c{0} - %m%n%ex{2}"));
		return command;
	}

	private static List<String> python(Contender contender, String host, int port, String password, int lifetime) {
		return List.of(Python.EXECUTABLE, Python.program().toString(), contender.python(), host, String.valueOf(port),
				contender.account(), contender.account(), password, String.valueOf(lifetime));
	}

	/**
	 * Waits until it listens.
	 * @return its port
	 */
	int awaitPort() {
		await().atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> port().isPresent() || !this.process.isAlive());
		return port().orElseThrow(
				() -> new IllegalStateException("%s did not start: see %s".formatted(this.contender, this.log)));
	}

	private Optional<Integer> port() {
		try {
			return Files.readString(this.log)
				.lines()
				.filter((line) -> line.startsWith(FaultApplication.LISTENING))
				.map((line) -> Integer.valueOf(line.substring(FaultApplication.LISTENING.length())))
				.findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
