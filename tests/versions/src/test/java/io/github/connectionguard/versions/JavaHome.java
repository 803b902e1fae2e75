package io.github.connectionguard.versions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param path where it is
 */
record JavaHome(Path path) {

	private static final Path USUAL = Path.of("/usr/lib/jvm");

	/**
	 * Find a JDK: the one of this build, the one that {@code JAVA_HOME} names, or one
	 * where Linux distributions have them.
	 * @param release its release
	 * @return the JDK, empty if this machine has none of the release
	 */
	static Optional<JavaHome> of(int release) {
		return candidates().map(JavaHome::new).filter((home) -> home.release() == release).findFirst();
	}

	private static Stream<Path> candidates() {
		Stream<Path> known = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))),
				Stream.ofNullable(System.getenv("JAVA_HOME")).map(Path::of));
		if (!Files.isDirectory(USUAL)) {
			return known;
		}
		try (Stream<Path> usual = Files.list(USUAL)) {
			return Stream.concat(known, usual.sorted().toList().stream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int release() {
		Properties told = new Properties();
		try (InputStream file = Files.newInputStream(this.path.resolve("release"))) {
			told.load(file);
		}
		catch (IOException ex) {
			return 0;
		}
		String version = told.getProperty("JAVA_VERSION", "\"1\"").replace("\"", "");
		return Runtime.Version.parse(version).feature();
	}

	String executable() {
		return this.path.resolve("bin").resolve("java").toString();
	}

}
