package io.github.connectionguard.sidebyside;

/**
 * A failure that a handler of exceptions answers with 409.
 */
final class ToldException extends Exception {

	private final transient Step handler;

	ToldException(Step handler) {
		this.handler = handler;
	}

	Step handler() {
		return this.handler;
	}

}
