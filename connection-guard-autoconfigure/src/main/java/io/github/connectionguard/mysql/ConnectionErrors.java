package io.github.connectionguard.mysql;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * Tells which errors of MySQL, MariaDB and their drivers mean that the connection is
 * gone.
 */
public final class ConnectionErrors {

	private static final int LONGEST_CHAIN = 10;

	private static final int LOCK_DEADLOCK = 1213; // ER_LOCK_DEADLOCK

	/**
	 * Errors after which it depends on the server's settings, or on what ran.
	 */
	private static final Set<Integer> MAY_BE_ROLLED_BACK = Set.of(1020, // ER_CHECKREAD
			1205, // ER_LOCK_WAIT_TIMEOUT
			1206); // ER_LOCK_TABLE_FULL

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

	private static final int OPTION_PREVENTS_STATEMENT = 1290; // ER_OPTION_PREVENTS_STATEMENT

	private static final int READ_ONLY_MODE = 1836; // ER_READ_ONLY_MODE

	private static final Set<Integer> READ_ONLY = Set.of(OPTION_PREVENTS_STATEMENT, READ_ONLY_MODE, 1792); // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION

	private static final Set<Integer> AWAY = Set.of(1053, // ER_SERVER_SHUTDOWN
			2002, // CR_CONNECTION_ERROR
			2003, // CR_CONN_HOST_ERROR
			2006, // CR_SERVER_GONE_ERROR
			2013, // CR_SERVER_LOST
			3032, // ER_SERVER_OFFLINE_MODE
			3168); // ER_SERVER_ISNT_AVAILABLE

	private ConnectionErrors() {
	}

	/**
	 * Tell whether an exception means that the connection it came from is gone.
	 * @param exception the exception, with those chained to it
	 * @return whether the connection can never be used again
	 */
	public static boolean isDeath(SQLException exception) {
		return isSaid(exception,
				(each) -> GONE.contains(each.getErrorCode()) || isConnectionException(each.getSQLState()));
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

	/**
	 * Tell whether an exception may mean that the server has rolled back the whole
	 * transaction, whatever kind of statement it came of.
	 * @param exception the exception
	 * @return whether it may
	 */
	public static boolean mayBeRolledBack(SQLException exception) {
		return MAY_BE_ROLLED_BACK.contains(exception.getErrorCode());
	}

	/**
	 * Tell whether an exception says that the server refuses to write. Only a suspicion
	 * that it has become read-only: 1290 is also said of {@code --secure-file-priv}, 1792
	 * of a READ ONLY transaction.
	 * @param exception the exception, with those chained to it
	 * @return whether it says so
	 */
	public static boolean isReadOnly(SQLException exception) {
		return isSaid(exception, (each) -> READ_ONLY.contains(each.getErrorCode()));
	}

	/**
	 * Tell whether an exception says that the server it came from is read-only, rather
	 * than a transaction, and not that another option forbids something.
	 * @param exception the exception, with those chained to it
	 * @return whether it says so
	 */
	public static boolean isOfReadOnlyServer(SQLException exception) {
		return isSaid(exception, (each) -> each.getErrorCode() == READ_ONLY_MODE
				|| (each.getErrorCode() == OPTION_PREVENTS_STATEMENT && namesReadOnly(each.getMessage())));
	}

	/**
	 * The option's name stands in the message, whatever the language of the rest.
	 */
	private static boolean namesReadOnly(@Nullable String message) {
		return message != null && message.toLowerCase(Locale.ROOT).replace('_', '-').contains("read-only");
	}

	/**
	 * Tell whether a failure to connect says that the server cannot be reached, is in
	 * offline mode, or is only just starting or stopping. Any other answer comes of a
	 * running server, and would come again.
	 * @param exception the failure to connect
	 * @return whether the server is away
	 */
	public static boolean isServerAway(SQLException exception) {
		int code = exception.getErrorCode();
		return AWAY.contains(code)
				|| (code <= 0 && isConnectionException(exception.getSQLState()) && isOfNetwork(exception));
	}

	/**
	 * Tell whether an exception says that the driver has waited for as long as it was
	 * told to.
	 * @param exception the exception
	 * @return whether it says so
	 */
	public static boolean isTimeout(SQLException exception) {
		return causes(exception).stream().anyMatch(SocketTimeoutException.class::isInstance);
	}

	/**
	 * Drivers give the same state to a server that is not trusted or offers no TLS.
	 */
	private static boolean isOfNetwork(SQLException exception) {
		return causes(exception).stream()
			.anyMatch((cause) -> cause instanceof IOException && !(cause instanceof SSLException));
	}

	/**
	 * Return an exception and what it was caused by, as far as that is worth following.
	 */
	static List<Throwable> causes(Throwable exception) {
		List<Throwable> causes = new ArrayList<>();
		Throwable next = exception;
		while (next != null && causes.size() < LONGEST_CHAIN) {
			causes.add(next);
			next = next.getCause();
		}
		return causes;
	}

	private static boolean isSaid(SQLException exception, Predicate<SQLException> what) {
		SQLException next = exception;
		for (int depth = 0; next != null && depth < LONGEST_CHAIN; depth++) {
			if (what.test(withoutWrappers(next))) {
				return true;
			}
			next = next.getNextException();
		}
		return false;
	}

	/**
	 * Return what an exception is about. MariaDB's driver wraps the end of a connection
	 * that a batch has met, and its wrappers have neither state nor code.
	 */
	private static SQLException withoutWrappers(SQLException exception) {
		SQLException inner = exception;
		for (int depth = 0; inner.getSQLState() == null && inner.getErrorCode() == 0
				&& inner.getCause() instanceof SQLException cause && depth < LONGEST_CHAIN; depth++) {
			inner = cause;
		}
		return inner;
	}

	private static boolean isConnectionException(@Nullable String sqlState) {
		return sqlState != null && sqlState.startsWith("08") && !FAILED_OVER.contains(sqlState);
	}

}
