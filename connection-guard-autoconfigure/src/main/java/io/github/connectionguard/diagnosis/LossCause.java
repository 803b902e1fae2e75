package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of death a connection dies, as far as the evidence tells.
 */
public enum LossCause {

	/**
	 * The server closed the session because it was idle for its {@code wait_timeout}
	 * (error 4031, {@code ER_CLIENT_INTERACTION_TIMEOUT}).
	 */
	SERVER_IDLE_TIMEOUT,

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
		return switch (loss.vendorCode()) {
			case SERVER_SHUTDOWN_CODE -> SERVER_SHUTDOWN;
			case CONNECTION_KILLED_CODE, SESSION_WAS_KILLED_CODE -> KILLED;
			case CLIENT_INTERACTION_TIMEOUT_CODE -> SERVER_IDLE_TIMEOUT;
			default -> outlived(loss.idle(), loss.waitTimeout()) ? SERVER_IDLE_TIMEOUT : loss.silent() ? SILENT : LOST;
		};
	}

	/**
	 * Tell this cause as a sentence.
	 * @param loss what was known of the connection
	 * @return a sentence with the numbers that support it
	 */
	public String describe(ConnectionLoss loss) {
		String limit = (loss.waitTimeout() != null)
				? " (wait_timeout is %d s)".formatted(loss.waitTimeout().toSeconds()) : "";
		String state = "%s for %s, %s old".formatted(loss.held() ? "quiet in use" : "idle", seconds(loss.idle()),
				seconds(loss.age()));
		return switch (this) {
			case SERVER_IDLE_TIMEOUT -> "the server closed it for being idle%s: %s".formatted(limit, state);
			case KILLED -> "the session was killed on the server: %s".formatted(state);
			case SERVER_SHUTDOWN -> "the server shut down: %s".formatted(state);
			case SILENT -> ("nobody closed it, but no answer came any more%s: %s; a network device dropped it, or the "
					+ "server stands still")
				.formatted(limit, state);
			case LOST -> "it was lost before the server's limit%s: %s; a killed session, a restart or a network device"
				.formatted(limit, state);
		};
	}

	private static boolean outlived(Duration idle, @Nullable Duration waitTimeout) {
		return waitTimeout != null && idle.compareTo(waitTimeout) >= 0;
	}

	private static String seconds(Duration duration) {
		return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
	}

}
