package io.github.connectionguard.transactional;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * Whether the application has the starter.
 */
enum Starter {

	PRESENT, ABSENT;

	/**
	 * Return the property that leaves out what the starter brings along, all of it or
	 * nothing.
	 */
	String exclusions() {
		String left = (this == ABSENT) ? String.join(",", autoConfigurations()) : "";
		return "spring.autoconfigure.exclude=" + left;
	}

	private static List<String> autoConfigurations() {
		ImportCandidates candidates = ImportCandidates.load(AutoConfiguration.class, Starter.class.getClassLoader());
		return StreamSupport.stream(candidates.spliterator(), false)
			.filter((name) -> name.startsWith("io.github.connectionguard."))
			.collect(Collectors.toList());
	}

}
