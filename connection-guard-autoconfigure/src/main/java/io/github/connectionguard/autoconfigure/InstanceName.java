package io.github.connectionguard.autoconfigure;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The name by which one instance of an application can be told from the others.
 */
final class InstanceName {

	private InstanceName() {
	}

	/**
	 * Return the name, which nobody is asked for.
	 * @param configured the name the user has given, or {@code null}
	 * @param environment the application's environment, where containers and shells have
	 * the name of the host
	 * @return the configured name, or the host as far as it is known and the number of
	 * the process
	 */
	static String of(@Nullable String configured, Environment environment) {
		if (configured != null && !configured.isBlank()) {
			return configured;
		}
		String process = String.valueOf(ProcessHandle.current().pid());
		return Stream.of("HOSTNAME", "COMPUTERNAME")
			.map(environment::getProperty)
			.filter(Objects::nonNull)
			.findFirst()
			.map((host) -> host + "-" + process)
			.orElse(process);
	}

}
