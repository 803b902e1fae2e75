package io.github.connectionguard.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An application in a process of its own, as applications are in life: in one process,
 * the compiler would make one code of both.
 */
final class ServedApplication implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private final int port;

	private final boolean guarded;

	private ServedApplication(Process process, BufferedReader output, int port, boolean guarded) {
		this.process = process;
		this.output = output;
		this.port = port;
		this.guarded = guarded;
	}

	/**
	 * Start an application, and wait until it listens.
	 */
	static ServedApplication start(Class<?> application, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), application.getName()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		String[] told = told(output, LineApplication.LISTENING).split(" ");
		return new ServedApplication(process, output, Integer.parseInt(told[0]), Boolean.parseBoolean(told[1]));
	}

	/**
	 * Return what the application tells next, after all else that it prints.
	 */
	private static String told(BufferedReader output, String before) throws IOException {
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(before)) {
				return line.substring(before.length());
			}
		}
		throw new IOException("The application ended before it told '%s'".formatted(before.trim()));
	}

	int port() {
		return this.port;
	}

	boolean isGuarded() {
		return this.guarded;
	}

	/**
	 * Return how long the application's code has been compiled so far.
	 */
	Duration compiled() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
		return Duration.ofMillis(Long.parseLong(told(this.output, LineApplication.COMPILED)));
	}

	/**
	 * Let the application end, and wait for it.
	 */
	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.process.destroy();
		}
	}

}
