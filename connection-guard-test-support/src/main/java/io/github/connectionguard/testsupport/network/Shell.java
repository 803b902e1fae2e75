package io.github.connectionguard.testsupport.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Commands of the system that end soon.
 */
final class Shell {

	private Shell() {
	}

	/**
	 * Runs a command and returns what it printed.
	 * @param command the command and its arguments, separated by a space
	 * @return its output
	 */
	static String run(String command) {
		return run(List.of(command.split(" ")), "");
	}

	static String run(List<String> command, String input) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			try (var in = process.outputWriter()) {
				in.write(input);
			}
			String output = new String(process.getInputStream().readAllBytes());
			if (process.waitFor() != 0) {
				throw new IllegalStateException(String.join(" ", command) + " failed: " + output + input);
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + command, ex);
		}
	}

}
