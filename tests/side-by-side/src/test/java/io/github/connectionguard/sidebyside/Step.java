package io.github.connectionguard.sidebyside;

/**
 * A part of what a request does.
 */
@FunctionalInterface
interface Step {

	void run() throws Exception;

}
