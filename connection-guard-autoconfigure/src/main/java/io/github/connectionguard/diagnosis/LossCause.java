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
	ABORTED,

	/**
	 * The driver waited for an answer for as long as this end had told it to.
	 */
	TIMED_OUT,

	/**
	 * The server closed the session because it was idle for its {@code wait_timeout}
	 * (error 4031, {@code ER_CLIENT_INTERACTION_TIMEOUT}).
	 */
	SERVER_IDLE_TIMEOUT,

	/**
	 * The server closed the session because it was idle in a transaction (MariaDB's
	 * {@code idle_transaction_timeout} and its like).
	 */
	IDLE_TRANSACTION_TIMEOUT,

	/**
	 * Somebody killed the session (error 3169, {@code ER_SESSION_WAS_KILLED}, or
	 * MariaDB's 1927, {@code ER_CONNECTION_KILLED}).
	 */
	KILLED,

	/**
	 * The server went away while it shut down (error 1053, {@code ER_SERVER_SHUTDOWN}).
	 */
	SERVER_SHUTDOWN,

	/**
	 * No answer came over a connection that nobody had closed: a network device dropped
	 * it, or the server's host is gone or stands still.
	 */
	SILENT,

	/**
	 * The connection was lost well before the server would have closed it: a kill or a
	 * restart that left no word, or something on the way.
	 */
	LOST;

	private static final int SERVER_SHUTDOWN_CODE = 1053;

	private static final int CONNECTION_KILLED_CODE = 1927;

	private static final int SESSION_WAS_KILLED_CODE = 3169;

	private static final int CLIENT_INTERACTION_TIMEOUT_CODE = 4031;

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

	private static LossCause unsaid(ConnectionLoss loss) {
		if (outlived(loss.idle(), loss.waitTimeout())) {
			return SERVER_IDLE_TIMEOUT;
		}
		if (loss.held() && outlived(loss.idle(), loss.idleTransaction())) {
			return IDLE_TRANSACTION_TIMEOUT;
		}
		return loss.silent() ? SILENT : LOST;
	}

	/**
	 * Tell this cause as a sentence.
	 * @param loss what was known of the connection
	 * @return a sentence with the numbers that support it
	 */
	public String describe(ConnectionLoss loss) {
		String limit = told(" (wait_timeout is %d s)", loss.waitTimeout());
		String state = "%s for %s, %s old".formatted(loss.held() ? "quiet in use" : "idle", seconds(loss.idle()),
				seconds(loss.age()));
		return switch (this) {
			case ABORTED, TIMED_OUT ->
				"%s: %s".formatted((loss.ownEnd() != null) ? loss.ownEnd().describe() : "this end gave it up", state);
			case SERVER_IDLE_TIMEOUT -> "the server closed it for being idle%s: %s".formatted(limit, state);
			case IDLE_TRANSACTION_TIMEOUT -> "the server closed it for being idle in a transaction%s: %s"
				.formatted(told(" (idle_transaction_timeout or its like is %d s)", loss.idleTransaction()), state);
			case KILLED -> "the session was killed on the server: %s".formatted(state);
			case SERVER_SHUTDOWN -> "the server shut down: %s".formatted(state);
			case SILENT -> ("nobody closed it, but no answer came any more%s: %s; a network device dropped it, or the "
					+ "server stands still")
				.formatted(limit, state);
			case LOST -> "it was lost before the server's limit%s: %s; a killed session, a restart or a network device"
				.formatted(limit, state);
		};
	}

	private static String told(String text, @Nullable Duration limit) {
		return (limit != null) ? text.formatted(limit.toSeconds()) : "";
	}

	private static boolean outlived(Duration idle, @Nullable Duration limit) {
		return limit != null && idle.compareTo(limit) >= 0;
	}

	static String seconds(Duration duration) {
		return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
	}

}
