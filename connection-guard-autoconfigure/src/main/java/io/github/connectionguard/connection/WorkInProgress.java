package io.github.connectionguard.connection;

/**
 * What was done on a guarded connection since the last commit or rollback. To be had by
 * {@code unwrap} from any connection of a guarded pool.
 */
public interface WorkInProgress {

	/**
	 * Tell whether anything ran.
	 * @return whether a statement ran, reading or writing
	 */
	boolean hasWorked();

	/**
	 * Tell whether anything may have been written.
	 * @return whether a statement ran that was not known to only read
	 */
	boolean hasWritten();

	/**
	 * Tell whether the connection is lost, and with it all that was not committed.
	 * @return whether every further statement will fail
	 */
	boolean isLost();

	/**
	 * Tell whether the server undid it all by itself, to end a deadlock
	 * ({@code ER_LOCK_DEADLOCK}).
	 * @return whether a commit now would commit less than was acknowledged
	 */
	boolean isUndone();

}
