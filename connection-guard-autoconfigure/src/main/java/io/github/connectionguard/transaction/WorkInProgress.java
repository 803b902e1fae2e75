package io.github.connectionguard.transaction;

import java.sql.Connection;
import java.sql.SQLException;

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
	 * Tell whether the server undid it all by itself when a statement failed, as it does
	 * to end a deadlock. Asks the server where the error alone does not tell.
	 * @return whether a commit now would commit less than was acknowledged
	 */
	boolean isUndone();

	/**
	 * Have somebody told, until the connection is given back, before each statement that
	 * may write, and before the driver's own objects are handed out.
	 * @param told who is told, in time to change the auto-commit mode
	 */
	void beforeWrites(BeforeWrite told);

	/**
	 * Have somebody told, until the connection is given back, when the current thread is
	 * about to borrow another one of the same pool, for which it may have to wait.
	 * @param told who is told, in time to give this one back
	 */
	void beforeBorrows(Runnable told);

	/**
	 * Return what is being done on a connection.
	 * @param connection a connection of a pool
	 * @return what is being done; of a connection that is not guarded it is not known,
	 * and nothing seems to be
	 */
	static WorkInProgress on(Connection connection) {
		try {
			return connection.isWrapperFor(WorkInProgress.class) ? connection.unwrap(WorkInProgress.class) : UNKNOWN;
		}
		catch (SQLException ex) {
			return UNKNOWN;
		}
	}

	/**
	 * What is being done on a connection that is not guarded.
	 */
	WorkInProgress UNKNOWN = new WorkInProgress() {

		@Override
		public boolean hasWorked() {
			return false;
		}

		@Override
		public boolean hasWritten() {
			return false;
		}

		@Override
		public boolean isLost() {
			return false;
		}

		@Override
		public boolean isUndone() {
			return false;
		}

		@Override
		public void beforeWrites(BeforeWrite told) {
		}

		@Override
		public void beforeBorrows(Runnable told) {
		}

	};

	/**
	 * Something to do before a statement that may write.
	 */
	@FunctionalInterface
	interface BeforeWrite {

		/**
		 * Do it.
		 * @throws SQLException if it cannot be done, in which case the statement does not
		 * run
		 */
		void run() throws SQLException;

	}

}
