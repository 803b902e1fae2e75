package io.github.connectionguard.data.matrix;

/**
 * The table {@code line}, reached in one way.
 */
interface Lines {

	void insert(String name);

	/**
	 * Return the server's id of the connection that the thread would write on, or wrote
	 * on if it is still out.
	 */
	long connectionId();

}
