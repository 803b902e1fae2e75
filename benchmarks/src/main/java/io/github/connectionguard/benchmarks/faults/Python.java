package io.github.connectionguard.benchmarks.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Debian's Python, and what is installed for it.
 */
final class Python {

	/**
	 * Debian's own, which finds Debian's packages.
	 */
	static final String EXECUTABLE = "/usr/bin/python3";

	private static final String PROGRAM = "/faults/application.py";

	private Python() {
	}

	/**
	 * Returns the application, in a file.
	 */
	static Path program() {
		try (InputStream in = Python.class.getResourceAsStream(PROGRAM)) {
			if (in == null) {
				throw new IllegalStateException("There is no " + PROGRAM);
			}
			Path file = Files.createTempFile("application", ".py");
			file.toFile().deleteOnExit();
			Files.write(file, in.readAllBytes());
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns why a package is not good enough.
	 * @param name the name of the package
	 * @param least the least version
	 * @return the reason, empty if it is
	 */
	static Optional<String> lacks(String name, String least) {
		Optional<String> version = version(name);
		if (version.isEmpty()) {
			return Optional.of("%s has no %s".formatted(EXECUTABLE, name));
		}
		return (Version.parse(version.get()).compareTo(Version.parse(least)) < 0)
				? Optional.of("%s has %s %s, which is older than %s".formatted(EXECUTABLE, name, version.get(), least))
				: Optional.empty();
	}

	/**
	 * Returns the version of a package.
	 * @param name the name of the package
	 * @return its version, empty where it is not installed
	 */
	static Optional<String> version(String name) {
		try {
			Process process = new ProcessBuilder(
					List.of(EXECUTABLE, "-c", "import %s; print(%s.__version__)".formatted(name, name)))
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes()).strip();
			return (process.waitFor() == 0) ? Optional.of(output) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

}
