package io.github.connectionguard.benchmarks.faults.application;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * What an expert adds to HikariCP: a connection to a server that has become read-only is
 * not lent again.
 */
public class ReadOnlyEviction implements SQLExceptionOverride {

	private static final int OPTION_PREVENTS_STATEMENT = 1290;

	private static final int CANNOT_EXECUTE_IN_READ_ONLY_TRANSACTION = 1792;

	private static final int READ_ONLY_MODE = 1836;

	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		return switch (ex.getErrorCode()) {
			case OPTION_PREVENTS_STATEMENT, CANNOT_EXECUTE_IN_READ_ONLY_TRANSACTION, READ_ONLY_MODE ->
				Override.MUST_EVICT;
			default -> Override.CONTINUE_EVICT;
		};
	}

}
