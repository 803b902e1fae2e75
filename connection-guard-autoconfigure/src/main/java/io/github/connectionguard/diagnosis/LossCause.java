package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of death a connection dies, as far as the evidence tells.
 */
public enum LossCause {

	/**
	 * This end aborted it ({@code Connection.abort}).
	 */
	ABORTED(null),

	/**
	 * The driver waited for an answer for as long as this end had told it to.
	 */
	TIMED_OUT("if the server may take longer, raise the driver's socketTimeout, or the limit that was set with "
			+ "Connection.setNetworkTimeout"),

	/**
	 * The server closed the session because it was idle for its {@code wait_timeout}
	 * (error 4031, {@code ER_CLIENT_INTERACTION_TIMEOUT}).
	 */
	SERVER_IDLE_TIMEOUT(
			"leave connection-guard.keepalive.enabled on, and connection-guard.keepalive.max-hold above the "
					+ "time for which a connection is held"),

	/**
	 * The server closed the session because it was idle in a transaction (MariaDB's
	 * {@code idle_transaction_timeout} and its like).
	 */
	IDLE_TRANSACTION_TIMEOUT("leave connection-guard.keepalive.enabled on, and end transactions sooner, or raise "
			+ "idle_transaction_timeout on the server"),

	/**
	 * Somebody killed the session (error 3169, {@code ER_SESSION_WAS_KILLED}, or
	 * MariaDB's 1927, {@code ER_CONNECTION_KILLED}).
	 */
	KILLED("find who did it in the server's log, or among those who have the privilege CONNECTION_ADMIN"),

	/**
	 * The server went away while it shut down (error 1053, {@code ER_SERVER_SHUTDOWN}).
	 */
	SERVER_SHUTDOWN(null),

	/**
	 * The server was started again.
	 */
	SERVER_RESTARTED(null),

	/**
	 * Another server answers in the place of the one it led to.
	 */
	SERVER_REPLACED(null),

	/**
	 * The server it led to has become read-only.
	 */
	SERVER_DEMOTED(null),

	/**
	 * The server was set to offline mode, which ends the sessions of ordinary accounts.
	 */
	SERVER_OFFLINE("set offline_mode=OFF on the server when whoever set it is done"),

	/**
	 * The account was shut out of the server, and its sessions ended.
	 */
	ACCOUNT_REFUSED(
			"let the account in again (ALTER USER ... ACCOUNT UNLOCK, or IDENTIFIED BY for a new password), and "
					+ "see that spring.datasource.username and spring.datasource.password are those of the account"),

	/**
	 * Something between this application and the server ended it, such as a firewall, a
	 * NAT gateway, a load balancer or a proxy.
	 */
	NETWORK("if this happens again after about the same idle time, set connection-guard.network-idle-timeout below "
			+ "that time"),

	/**
	 * No answer came over a connection that nobody had closed. Why is not known, unless
	 * the server is asked.
	 */
	SILENT("if this happens again after about the same idle time, set connection-guard.network-idle-timeout below "
			+ "that time"),

	/**
	 * The server stood still: no answer came from it, while its host took connections.
	 */
	SERVER_STALLED(null),

	/**
	 * It was closed before the server's limit. Why is not known, unless the server is
	 * asked.
	 */
	LOST(null);

	/**
	 * The server's clock runs from before its last answer gets here.
	 */
	private static final Duration SLACK = Duration.ofMillis(100);

	private static final int SERVER_SHUTDOWN_CODE = 1053;

	private static final int CONNECTION_KILLED_CODE = 1927;

	private static final int SESSION_WAS_KILLED_CODE = 3169;

	private static final int CLIENT_INTERACTION_TIMEOUT_CODE = 4031;

	private final @Nullable String remedy;

	LossCause(@Nullable String remedy) {
		this.remedy = remedy;
	}

	/**
	 * Return what to do about it.
	 * @return what to do, with the property or command, or {@code null} if there is
	 * nothing to do
	 */
	public @Nullable String remedy() {
		return this.remedy;
	}

	/**
	 * Tell the cause of a loss.
	 * @param loss what was known of the connection
	 * @return the most likely cause
	 */
	public static LossCause of(ConnectionLoss loss) {
		if (loss.ownEnd() != null) {
			return (loss.ownEnd().kind() == OwnEnd.Kind.ABORT) ? ABORTED : TIMED_OUT;
		}
		return switch (loss.vendorCode()) {
			case SERVER_SHUTDOWN_CODE -> SERVER_SHUTDOWN;
			case CONNECTION_KILLED_CODE, SESSION_WAS_KILLED_CODE -> KILLED;
			case CLIENT_INTERACTION_TIMEOUT_CODE -> SERVER_IDLE_TIMEOUT;
			default -> unsaid(loss);
		};
	}

	/**
	 * Tell whether the server may know better than what is told first.
	 */
	boolean isGuess() {
		return this == LOST || this == SILENT;
	}

	private static LossCause unsaid(ConnectionLoss loss) {
		if (outlived(loss, loss.waitTimeout())) {
			return SERVER_IDLE_TIMEOUT;
		}
		if (loss.held() && outlived(loss, loss.idleTransaction())) {
			return IDLE_TRANSACTION_TIMEOUT;
		}
		return loss.silent() ? SILENT : LOST;
	}

	/**
	 * Tell this cause as a sentence, as far as it is known when the loss is noticed.
	 * @param loss what was known of the connection
	 * @return a sentence with the numbers that support it
	 */
	public String describe(ConnectionLoss loss) {
		return LossSentence.of(this, loss);
	}

	/**
	 * Tell whether the server may have cut a connection for being idle.
	 * @param limit how long it may be idle, or {@code null} if there is no limit
	 */
	static boolean outlived(ConnectionLoss loss, @Nullable Duration limit) {
		return limit != null && loss.idle().plus(SLACK).compareTo(limit) >= 0;
	}

}
