package io.github.connectionguard.report;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * What the last attempt to connect showed.
 *
 * @param status what is known of the server
 * @param at when the attempt ended, by the ledger's clock
 * @param error what kind of failure it was, without anything the server or the driver
 * said in words, or {@code null} if it succeeded
 * @param refused whether the server answered and refused the login
 */
public record Reachability(Status status, long at, @Nullable String error, boolean refused) {

	/**
	 * Nobody has tried.
	 */
	public static final Reachability UNKNOWN = new Reachability(Status.UNKNOWN, 0, null, false);

	private static final int ACCESS_DENIED = 1045; // ER_ACCESS_DENIED_ERROR

	private static final int DATABASE_ACCESS_DENIED = 1044; // ER_DBACCESS_DENIED_ERROR

	private static final int UNKNOWN_DATABASE = 1049; // ER_BAD_DB_ERROR

	/**
	 * Somebody was let in.
	 * @param at the reading of the ledger's clock
	 * @return what that shows
	 */
	public static Reachability reached(long at) {
		return new Reachability(Status.REACHABLE, at, null, false);
	}

	/**
	 * Nobody gets an answer.
	 * @param since the reading of the ledger's clock when the server was asked
	 * @return what that shows
	 */
	public static Reachability silent(long since) {
		return new Reachability(Status.UNREACHABLE, since, "no answer", false);
	}

	/**
	 * An attempt failed.
	 * @param at the reading of the ledger's clock
	 * @param exception the reason
	 * @return what that shows
	 */
	public static Reachability failed(long at, Exception exception) {
		if (!(exception instanceof SQLException failure)) {
			return new Reachability(Status.UNREACHABLE, at, exception.getClass().getSimpleName(), false);
		}
		int code = failure.getErrorCode();
		boolean refused = code == ACCESS_DENIED || code == DATABASE_ACCESS_DENIED || code == UNKNOWN_DATABASE;
		return new Reachability(Status.UNREACHABLE, at, "%s (SQLState %s, error %d)"
			.formatted(refused ? "login refused" : "no connection", failure.getSQLState(), code), refused);
	}

	/**
	 * What is known of the server.
	 */
	public enum Status {

		/**
		 * Nobody has tried to connect.
		 */
		UNKNOWN,

		/**
		 * The server let somebody in, and has not turned anybody away since.
		 */
		REACHABLE,

		/**
		 * The last attempt failed and no connection has been heard since.
		 */
		UNREACHABLE

	}

}
