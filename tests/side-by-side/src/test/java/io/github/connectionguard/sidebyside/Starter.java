package io.github.connectionguard.sidebyside;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * Whether an application has the starter.
 */
public enum Starter {

	PRESENT, ABSENT;

	/**
	 * Return the property that leaves out what the starter brings along, all of it or
	 * nothing.
	 * @return the property
	 */
	public String exclusions() {
		return "spring.autoconfigure.exclude=" + ((this == ABSENT) ? autoConfigurations() : "");
	}

	private static String autoConfigurations() {
		ImportCandidates candidates = ImportCandidates.load(AutoConfiguration.class, Starter.class.getClassLoader());
		return StreamSupport.stream(candidates.spliterator(), false)
			.filter((name) -> name.startsWith("io.github.connectionguard."))
			.collect(Collectors.joining(","));
	}

}
