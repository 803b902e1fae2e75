package io.github.connectionguard.transactional;

/**
 * A part of what a request does.
 */
@FunctionalInterface
interface Step {

	void run() throws Exception;

}
