package io.github.connectionguard.connection;

/**
 * Counts how often each thread has borrowed a connection, of whichever pool. So whoever
 * looks for what a thread has borrowed since some moment knows without a look when there
 * is nothing.
 */
public final class Borrows {

	/**
	 * An array, as a thread may outlive the application and its classes.
	 */
	private static final ThreadLocal<long[]> OF_THREAD = ThreadLocal.withInitial(() -> new long[1]);

	private Borrows() {
	}

	/**
	 * Return how often the current thread has borrowed a connection.
	 * @return the number, which only grows
	 */
	public static long ofThread() {
		return OF_THREAD.get()[0];
	}

	/**
	 * Count one more by the current thread.
	 * @return the number with it
	 */
	static long countOne() {
		return ++OF_THREAD.get()[0];
	}

}
