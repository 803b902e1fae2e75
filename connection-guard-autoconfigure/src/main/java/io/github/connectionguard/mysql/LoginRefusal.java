package io.github.connectionguard.mysql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a server that is there lets nobody in, and what to do about it.
 */
public enum LoginRefusal {

	/**
	 * Too many logins from this host were interrupted.
	 */
	BLOCKED("the server has blocked this host after too many interrupted logins (max_connect_errors). Unblock it with "
			+ "TRUNCATE TABLE performance_schema.host_cache, or FLUSH HOSTS on MariaDB; it is asked every few seconds",
			1129), // ER_HOST_IS_BLOCKED

	/**
	 * The server is in offline mode.
	 */
	OFFLINE("the server is in offline mode and lets administrators in alone, until somebody sets offline_mode=OFF",
			3032), // ER_SERVER_OFFLINE_MODE

	/**
	 * The account is locked.
	 */
	LOCKED("the account is locked. Unlock it with ALTER USER ... ACCOUNT UNLOCK", 3118, // ER_ACCOUNT_HAS_BEEN_LOCKED
			4151), // the same (MariaDB)

	/**
	 * The password has expired.
	 */
	EXPIRED("the account's password has expired. Set a new one with ALTER USER", 1862, // ER_MUST_CHANGE_PASSWORD_LOGIN
			1820), // ER_MUST_CHANGE_PASSWORD (MariaDB)

	/**
	 * User name and password do not match.
	 */
	DENIED("user name and password do not match, or the account may not log in from this host", 1045),
	// ER_ACCESS_DENIED_ERROR

	/**
	 * The account may not use the database.
	 */
	DATABASE_DENIED("the account may not use the database of the URL. Allow that with GRANT, or correct "
			+ "spring.datasource.url", 1044), // ER_DBACCESS_DENIED_ERROR

	/**
	 * There is no such database.
	 */
	DATABASE_UNKNOWN("the database of the URL does not exist. Create it, or correct spring.datasource.url", 1049),
	// ER_BAD_DB_ERROR

	/**
	 * The server has no connection left.
	 */
	FULL("the server has as many connections as it allows (max_connections, max_user_connections). Make pools smaller "
			+ "or raise the limit", 1040, // ER_CON_COUNT_ERROR
			1203), // ER_TOO_MANY_USER_CONNECTIONS

	/**
	 * The account has used up what it may.
	 */
	QUOTA("the account has used up one of its limits (MAX_USER_CONNECTIONS, MAX_QUERIES_PER_HOUR and the like). Raise "
			+ "it with ALTER USER ... WITH", 1226); // ER_USER_LIMIT_REACHED

	private final String meaning;

	private final Set<Integer> codes;

	LoginRefusal(String meaning, Integer... codes) {
		this.meaning = meaning;
		this.codes = Set.of(codes);
	}

	/**
	 * Return why a login was refused.
	 * @param exception the failure to connect; MariaDB's driver wraps what the server
	 * says to its first statement
	 * @return the refusal, or empty if it was none of these
	 */
	public static Optional<LoginRefusal> of(Exception exception) {
		return codes(exception).flatMap((code) -> Stream.of(values()).filter((refusal) -> refusal.codes.contains(code)))
			.findFirst();
	}

	private static Stream<Integer> codes(Exception exception) {
		return ConnectionErrors.causes(exception)
			.stream()
			.filter(SQLException.class::isInstance)
			.map((cause) -> ((SQLException) cause).getErrorCode());
	}

	/**
	 * Return the error that says so.
	 * @param exception the failure to connect, which is this refusal
	 * @return the server's error number
	 */
	public int code(Exception exception) {
		return codes(exception).filter(this.codes::contains).findFirst().orElse(0);
	}

	/**
	 * Tell whether it is the account that is not let in, and not everybody.
	 * @return whether it is
	 */
	public boolean isOfAccount() {
		return this == LOCKED || this == EXPIRED || this == DENIED;
	}

	/**
	 * Return what it means and what to do, in a sentence.
	 * @return the text
	 */
	public String meaning() {
		return this.meaning;
	}

}
