package io.github.connectionguard.sidebyside;

/**
 * What the handler of a request does.
 */
@FunctionalInterface
interface Handler {

	void handle(Request request) throws Exception;

}
