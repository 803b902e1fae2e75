package io.github.connectionguard.benchmarks.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of this program, which is told what to do and answers by lines. It ends
 * when its input does, so that none outlives this one.
 */
final class Child implements AutoCloseable {

	private static final String ANSWER = "answer: ";

	private static final int PATIENCE_SECONDS = 60;

	private final Process process;

	private final BufferedReader output;

	private final PrintWriter input;

	private Child(Process process) {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.input = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
	}

	/**
	 * Start a process, which may log to the error output.
	 */
	static Child start(Class<?> main, List<String> options, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return new Child(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/**
	 * Return the next answer.
	 */
	String answer() throws IOException {
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (line.startsWith(ANSWER)) {
				return line.substring(ANSWER.length());
			}
		}
		throw new IOException("The process ended without an answer");
	}

	/**
	 * Ask for something, and wait for the answer.
	 */
	String ask(String question) throws IOException {
		this.input.println(question);
		return answer();
	}

	/**
	 * Ask for a number, and wait for the answer.
	 */
	long number(String question) throws IOException {
		return Long.parseLong(ask(question));
	}

	/**
	 * Let the process end, and wait for it, but not for ever.
	 */
	@Override
	public void close() {
		this.input.close();
		try {
			if (!this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				// what is in the way of its end tells nothing here
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.process.destroy();
		}
	}

	// In the process itself

	/**
	 * Answer whoever started this process.
	 */
	static void answer(Object answer) {
		System.out.println(ANSWER + answer);
	}

	/**
	 * Tell the port of a server, and wait until nobody needs it any more.
	 */
	static void listening(int port) throws IOException {
		answer(port);
		while (System.in.read() >= 0) {
			Thread.onSpinWait();
		}
	}

}
