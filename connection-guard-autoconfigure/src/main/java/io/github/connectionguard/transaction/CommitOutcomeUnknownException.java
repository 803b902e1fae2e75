package io.github.connectionguard.transaction;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * A commit was sent and its answer never came: the work may be committed or not. It is
 * not to be repeated without looking. The SQLState is {@code 08007}, transaction
 * resolution unknown.
 */
public final class CommitOutcomeUnknownException extends SQLNonTransientConnectionException {

	private static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";

	/**
	 * Create an exception.
	 * @param cause the driver's exception
	 */
	public CommitOutcomeUnknownException(SQLException cause) {
		super("The connection was lost while it was committing; whether the work was committed is not known",
				TRANSACTION_RESOLUTION_UNKNOWN, cause.getErrorCode(), cause);
	}

}
