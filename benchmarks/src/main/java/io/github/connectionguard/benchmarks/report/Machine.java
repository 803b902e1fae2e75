package io.github.connectionguard.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What benchmarks run on.
 */
public final class Machine {

	private static final String MODEL = "model name";

	private Machine() {
	}

	/**
	 * Describe this machine.
	 * @return its processors, system and JDK
	 * @throws IOException if the system does not tell
	 */
	public static String describe() throws IOException {
		return "%d × %s, %s %s, JDK %s".formatted(Runtime.getRuntime().availableProcessors(), processor(),
				System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("java.version"));
	}

	private static String processor() throws IOException {
		Path processors = Path.of("/proc/cpuinfo");
		if (!Files.exists(processors)) {
			return System.getProperty("os.arch");
		}
		return Files.readAllLines(processors)
			.stream()
			.filter((line) -> line.startsWith(MODEL))
			.map((line) -> line.substring(line.indexOf(':') + 1).trim())
			.findFirst()
			.orElse(System.getProperty("os.arch"));
	}

}
