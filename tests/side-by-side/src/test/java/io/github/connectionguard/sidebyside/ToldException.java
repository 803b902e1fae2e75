package io.github.connectionguard.sidebyside;

/**
 * A failure that a handler of exceptions answers with 409.
 */
final class ToldException extends Exception {

	private final transient RequestStep handler;

	ToldException(RequestStep handler) {
		this.handler = handler;
	}

	RequestStep handler() {
		return this.handler;
	}

}
