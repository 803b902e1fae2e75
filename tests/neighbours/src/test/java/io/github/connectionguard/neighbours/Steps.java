package io.github.connectionguard.neighbours;

/**
 * What is done with a running application, so that something of it is to be seen.
 */
@FunctionalInterface
public interface Steps {

	/**
	 * Do it.
	 * @param visit the visit to the application
	 * @throws Exception whatever goes wrong with the test
	 */
	void with(Visit visit) throws Exception;

}
