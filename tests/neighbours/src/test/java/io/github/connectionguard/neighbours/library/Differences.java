package io.github.connectionguard.neighbours.library;

/**
 * What the document calls the differences.
 */
final class Differences {

	static final String BARE_WRITE = "Bare writes of a request that fails are undone";

	private Differences() {
	}

}
