package io.github.connectionguard.advice;

/**
 * All that the guard may advise, each with its sentence. {@code docs/advice.md} tells of
 * each why, by its key.
 */
public enum Advice {

	/**
	 * The driver reconnects by itself.
	 */
	AUTO_RECONNECT("auto-reconnect",
			"autoReconnect=true loses session state, tears transactions apart and keeps "
					+ "connections from being looked at; remove it"),

	/**
	 * A time in milliseconds looks as if seconds were meant.
	 */
	MILLISECONDS("milliseconds", "%1$s=%2$d is in milliseconds; set %1$s=%2$d000 if seconds are meant"),

	/**
	 * HikariCP switches a keepalive off.
	 */
	KEEPALIVE_OFF("keepalive-off",
			"HikariCP switches keepalive-time=%d off, as it is not below max-lifetime; set keepalive-time=%d or less"),

	/**
	 * HikariCP takes another idle timeout.
	 */
	IDLE_TIMEOUT_REPLACED("idle-timeout-replaced",
			"HikariCP takes idle-timeout=%d for %d, as it is below 10000; set idle-timeout=10000 or more"),

	/**
	 * HikariCP switches an idle timeout off.
	 */
	IDLE_TIMEOUT_OFF("idle-timeout-off",
			"HikariCP switches idle-timeout=%d off, as it is not a second below "
					+ "max-lifetime; set idle-timeout=%d or less"),

	/**
	 * A pool of a fixed size has no use for an idle timeout.
	 */
	IDLE_TIMEOUT_UNUSED("idle-timeout-unused",
			"idle-timeout=%d has no effect, as minimum-idle is maximum-pool-size; "
					+ "set minimum-idle below %d, or remove idle-timeout"),

	/**
	 * More idle connections are asked for than there may be connections.
	 */
	MINIMUM_IDLE("minimum-idle",
			"HikariCP takes minimum-idle=%1$d for %2$d, which is maximum-pool-size; set "
					+ "maximum-pool-size=%1$d, or minimum-idle=%2$d or less"),

	/**
	 * HikariCP switches its detection of leaks off.
	 */
	LEAK_DETECTION_OFF("leak-detection-off",
			"HikariCP switches leak-detection-threshold=%d off, as it is below 2000 "
					+ "or above max-lifetime; set leak-detection-threshold between 2000 and %d"),

	/**
	 * One validation may outlast a borrow.
	 */
	VALIDATION_TIMEOUT("validation-timeout",
			"validation-timeout=%d lets a borrow wait for a silent server for longer "
					+ "than connection-timeout=%d; set validation-timeout=%2$d or less"),

	/**
	 * Connections are validated by a statement.
	 */
	TEST_QUERY("connection-test-query",
			"connection-test-query costs a round trip wherever it runs, in place of a look that costs none; remove it"),

	/**
	 * The driver remembers what the server was like.
	 */
	CACHED_CONFIGURATION("cached-configuration",
			"cacheServerConfiguration=true has new connections go by what the "
					+ "server's variables were at the first one, also after SET GLOBAL; remove it"),

	/**
	 * A login may depend on what the server has in its cache.
	 */
	PUBLIC_KEY("public-key", "without TLS, logins by caching_sha2_password fail once the server's cache is empty, as "
			+ "after a restart; set sslMode=PREFERRED, or allowPublicKeyRetrieval=true where the network is trusted"),

	/**
	 * The driver's validation may wait for ever.
	 */
	MARIADB_IS_VALID("mariadb-is-valid",
			"MariaDB Connector/J %s may wait without a limit in isValid while the network "
					+ "is down; set the version of mariadb-java-client to 3.5.6 or later"),

	/**
	 * The driver mistakes the server for another product.
	 */
	MARIADB_DRIVER_ON_MYSQL("mariadb-driver-on-mysql",
			"MariaDB Connector/J %s may take MySQL %s for MariaDB, whose "
					+ "versions begin at 10; set the version of mariadb-java-client to 3.5.6 or later, or use MySQL "
					+ "Connector/J"),

	/**
	 * Settings of other pools are set.
	 */
	OTHER_POOLS("other-pools", "HikariCP has no such settings, so they do nothing: %s; remove them, and set "
			+ "maximum-pool-size, minimum-idle, connection-timeout or leak-detection-threshold if these are meant"),

	/**
	 * The pool may take all connections of its server.
	 */
	MAX_CONNECTIONS("max-connections", "maximum-pool-size=%d takes all of the %s, %d; set maximum-pool-size lower"),

	/**
	 * The instances of a rolling deployment may take more than there is.
	 */
	FLEET("fleet", "a rolling deployment may need %1$d connections, more than %2$s, %3$d: %4$d for each instance, of "
			+ "which there seem to be %5$d and as many again meanwhile, and %6$d of others; set maximum-pool-size "
			+ "lower, or %2$s higher"),

	/**
	 * Something with limits of its own stands before the server.
	 */
	PROXY("proxy",
			"%s stands between this application and its server, which does not know how long that lets a "
					+ "connection be idle; set connection-guard.network-idle-timeout to it"),

	/**
	 * Transactions of sessions take a connection before they need it.
	 */
	CONNECTION_FETCH("connection-fetch",
			"the transactions of sessions borrow a connection when they begin; set "
					+ "spring.datasource.connection-fetch=lazy to have it borrowed at the first statement"),

	/**
	 * Views are rendered beyond the transaction of their request.
	 */
	OPEN_IN_VIEW("open-in-view",
			"what a view loads lazily once its request's transaction is committed is read "
					+ "outside of it; set spring.jpa.open-in-view=false to have all of a request in one transaction"),

	/**
	 * Code of a request holds a connection for long.
	 */
	SLOW_IN_REQUEST("slow-in-request",
			"%s has held a connection for more than a second of a request, outside of a " + "transaction, %s; %s");

	private final String key;

	private final String sentence;

	Advice(String key, String sentence) {
		this.key = key;
		this.sentence = sentence;
	}

	/**
	 * Return by what name the advice is known.
	 * @return the key, in the log and in the documentation
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Say it, for the log.
	 * @param details what its sentence is about
	 * @return the line, with the key
	 */
	public String with(Object... details) {
		return "Advice (" + this.key + "): " + this.sentence.formatted(details);
	}

}
