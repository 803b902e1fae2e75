package io.github.connectionguard.sidebyside;

/**
 * A part of what a request does.
 */
@FunctionalInterface
public interface RequestStep {

	/**
	 * Do it.
	 * @throws Exception if it fails
	 */
	void run() throws Exception;

}
