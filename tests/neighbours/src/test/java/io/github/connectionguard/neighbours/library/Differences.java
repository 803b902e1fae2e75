package io.github.connectionguard.neighbours.library;

/**
 * What the document calls the differences.
 */
final class Differences {

	static final String BARE_WRITE = "a bare write is undone where its request fails";

	private Differences() {
	}

}
