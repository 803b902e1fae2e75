package io.github.connectionguard.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The folders and processes that have to be gone when this JVM ends.
 * <p>
 * They go in a shutdown hook. Where there is a shell, it does the same for a JVM that is
 * killed: it waits for the end of its input, which only the JVM holds open.
 */
final class TemporaryResources {

	private static final Path SHELL = Path.of("/bin/sh");

	private static final String WATCH = """
			trap '' HUP INT TERM
			read -r _
			for file in "$0"/*/pid; do [ -f "$file" ] && kill -KILL "$(cat "$file")"; done
			rm -rf "$0"
			""";

	private static final Path root = createRoot();

	private static final Set<Process> processes = ConcurrentHashMap.newKeySet();

	private static final AtomicInteger folders = new AtomicInteger();

	private TemporaryResources() {
	}

	/**
	 * Returns a new folder that is deleted when this JVM ends.
	 * @param purpose the beginning of its name
	 * @return the folder
	 */
	static Path newFolder(String purpose) {
		try {
			return Files.createDirectory(root.resolve(purpose + folders.incrementAndGet()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts a process that is killed when this JVM ends.
	 * @param builder the process to start
	 * @param folder its folder, which came from {@link #newFolder}
	 * @return the started process
	 * @throws IOException if it cannot be started
	 */
	static Process start(ProcessBuilder builder, Path folder) throws IOException {
		Process process = builder.start();
		processes.add(process);
		process.onExit().thenAccept(processes::remove);
		Files.writeString(folder.resolve("pid"), Long.toString(process.pid()));
		return process;
	}

	/**
	 * Kills a process and waits until it is gone.
	 * @param process the process
	 */
	static void kill(Process process) {
		process.destroyForcibly().onExit().join();
	}

	/**
	 * Deletes a folder with all that is in it.
	 * @param folder the folder
	 */
	static void delete(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete " + folder, ex);
		}
	}

	private static Path createRoot() {
		try {
			Path folder = Files.createTempDirectory(Paths.get(System.getProperty("java.io.tmpdir")).toRealPath(),
					"connection-guard-");
			Runtime.getRuntime().addShutdownHook(new Thread(TemporaryResources::clear, "connection-guard-leftovers"));
			if (Files.isExecutable(SHELL)) {
				new ProcessBuilder(List.of(SHELL.toString(), "-c", WATCH, folder.toString()))
					.redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.redirectError(ProcessBuilder.Redirect.DISCARD)
					.start();
			}
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void clear() {
		List.copyOf(processes).forEach(TemporaryResources::kill);
		delete(root);
	}

}
