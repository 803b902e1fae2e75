package io.github.connectionguard.mysql;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells which errors of MySQL, MariaDB and their drivers mean that the connection is
 * gone.
 */
public final class ConnectionErrors {

	private static final int LONGEST_CHAIN = 10;

	private static final int LOCK_DEADLOCK = 1213; // ER_LOCK_DEADLOCK

	/**
	 * States of the AWS driver: a failover that succeeded, and a transaction whose
	 * outcome is unknown. The connection behind both is a new, working one.
	 */
	private static final Set<String> FAILED_OVER = Set.of("08S02", "08007");

	private static final Set<Integer> GONE = Set.of(1053, // ER_SERVER_SHUTDOWN
			1927, // ER_CONNECTION_KILLED (MariaDB)
			2006, // CR_SERVER_GONE_ERROR
			2013, // CR_SERVER_LOST
			3169, // ER_SESSION_WAS_KILLED
			4031); // ER_CLIENT_INTERACTION_TIMEOUT

	private ConnectionErrors() {
	}

	/**
	 * Tell whether an exception means that the connection it came from is gone.
	 * @param exception the exception, with those chained to it
	 * @return whether the connection can never be used again
	 */
	public static boolean isDeath(SQLException exception) {
		SQLException next = exception;
		for (int depth = 0; next != null && depth < LONGEST_CHAIN; depth++) {
			if (GONE.contains(next.getErrorCode()) || isConnectionException(next.getSQLState())) {
				return true;
			}
			next = next.getNextException();
		}
		return false;
	}

	/**
	 * Tell whether an exception means that the server has rolled back the whole
	 * transaction.
	 * @param exception the exception
	 * @return whether it has
	 */
	public static boolean isRolledBack(SQLException exception) {
		return exception.getErrorCode() == LOCK_DEADLOCK;
	}

	private static boolean isConnectionException(@Nullable String sqlState) {
		return sqlState != null && sqlState.startsWith("08") && !FAILED_OVER.contains(sqlState);
	}

}
