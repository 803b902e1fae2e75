package io.github.connectionguard.plain;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;
import org.slf4j.Logger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program in a process of its own. On its class path are HikariCP, what that logs by,
 * the driver, the guard and the program.
 */
final class RunningPrompt implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String ANSWER = "> ";

	private final Process process;

	private final PrintWriter in;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final List<String> told = new CopyOnWriteArrayList<>();

	private RunningPrompt(Process process) {
		this.process = process;
		this.in = new PrintWriter(new BufferedWriter(process.outputWriter()), true);
		Thread reader = new Thread(this::read, "prompt");
		reader.setDaemon(true);
		reader.start();
	}

	static RunningPrompt start(String url, String username, String password) throws Exception {
		String classPath = String.join(File.pathSeparator, location(SqlPrompt.class), location(ConnectionGuard.class),
				location(HikariDataSource.class), location(Logger.class),
				location(Class.forName("com.mysql.cj.jdbc.Driver")));
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new RunningPrompt(
				new ProcessBuilder(java, "-cp", classPath, SqlPrompt.class.getName(), url, username, password)
					.redirectErrorStream(true)
					.start());
	}

	private static String location(Class<?> type) throws URISyntaxException {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
	}

	private void read() {
		try (BufferedReader out = this.process.inputReader()) {
			for (String line = out.readLine(); line != null; line = out.readLine()) {
				if (line.startsWith(ANSWER)) {
					this.answers.add(line.substring(ANSWER.length()));
				}
				else {
					this.told.add(line);
				}
			}
		}
		catch (IOException ex) {
			this.told.add(ex.toString());
		}
	}

	/**
	 * Ask for the first value a query finds.
	 */
	String ask(String query) throws InterruptedException {
		this.in.println(query);
		String answer = this.answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(answer).as("answer to %s; told was %s", query, this.told).isNotNull();
		return String.valueOf(answer);
	}

	/**
	 * Return what was printed beside answers, which is mostly events.
	 */
	List<String> told() {
		return this.told;
	}

	/**
	 * End the input, at which the program ends by itself.
	 */
	@Override
	public void close() {
		this.in.close();
		try {
			assertThat(this.process.onExit()).succeedsWithin(PATIENCE);
			assertThat(this.process.exitValue()).isZero();
		}
		finally {
			this.process.destroyForcibly();
		}
	}

}
