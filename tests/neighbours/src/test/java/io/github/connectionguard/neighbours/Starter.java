package io.github.connectionguard.neighbours;

import java.util.stream.Stream;

/**
 * Whether an application has the starter.
 */
enum Starter {

	ABSENT, PRESENT;

	private static final String ITS_PACKAGES = "io.github.connectionguard.autoconfigure";

	/**
	 * Return the packages the starter brings auto-configurations in.
	 */
	Stream<String> packages() {
		return (this == PRESENT) ? Stream.of(ITS_PACKAGES) : Stream.empty();
	}

}
