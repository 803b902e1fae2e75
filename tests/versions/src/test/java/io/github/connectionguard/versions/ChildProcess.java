package io.github.connectionguard.versions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a process to its end.
 */
final class ChildProcess {

	private static final long PATIENCE_SECONDS = 300;

	private ChildProcess() {
	}

	/**
	 * Run a process.
	 * @param builder the process
	 * @param log where what it says goes
	 * @return the lines it has said
	 * @throws IllegalStateException if it fails or does not end
	 */
	static List<String> run(ProcessBuilder builder, Path log) {
		try {
			Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
			boolean ended;
			try {
				ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
			}
			finally {
				process.destroyForcibly().onExit().join();
			}
			String said = Files.readString(log);
			if (!ended || process.exitValue() != 0) {
				throw new IllegalStateException(
						builder.command() + (ended ? " failed" : " did not end") + ":\n" + said);
			}
			return said.lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
