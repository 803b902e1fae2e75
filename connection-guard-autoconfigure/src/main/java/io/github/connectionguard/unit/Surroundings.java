package io.github.connectionguard.unit;

/**
 * What is around the units of work of a thread, as far as they have to know. Asked on
 * that thread.
 */
public interface Surroundings {

	/**
	 * Tell whether the work of the thread is to be rolled back, as far as is known before
	 * its end.
	 * @return whether it is
	 */
	boolean isFailed();

	/**
	 * Tell whether the work of the thread began in a transactional method of the
	 * application, whose rules do not reach into it.
	 * @return whether it did
	 */
	boolean isWithinMethod();

}
