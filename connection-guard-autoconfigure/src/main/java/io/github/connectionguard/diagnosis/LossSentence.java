package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Tells why a connection was lost, with the numbers that support it.
 */
final class LossSentence {

	private LossSentence() {
	}

	/**
	 * Tell a cause, as far as it is known when the loss is noticed.
	 */
	static String of(LossCause cause, ConnectionLoss loss) {
		String limit = told(" (wait_timeout is %d s)", loss.waitTimeout());
		String state = state(loss);
		return switch (cause) {
			case ABORTED, TIMED_OUT ->
				"%s: %s".formatted((loss.ownEnd() != null) ? loss.ownEnd().describe() : "this end gave it up", state);
			case SERVER_IDLE_TIMEOUT -> "the server closed it for being idle%s: %s".formatted(idleLimit(loss), state);
			case IDLE_TRANSACTION_TIMEOUT -> "the server closed it for being idle in a transaction%s: %s"
				.formatted(told(" (the shortest of idle_transaction_timeout, idle_readonly_transaction_timeout and "
						+ "idle_write_transaction_timeout is %d s)", loss.idleTransaction()), state);
			case KILLED -> "the session was killed on the server: %s".formatted(state);
			case SERVER_SHUTDOWN -> "the server shut down: %s".formatted(state);
			case SILENT, SERVER_STALLED ->
				"nobody closed it, but no answer came any more%s: %s; the server is asked why".formatted(limit, state);
			case LOST, SERVER_RESTARTED, SERVER_REPLACED, SERVER_DEMOTED, SERVER_OFFLINE, ACCOUNT_REFUSED, NETWORK ->
				"it was closed before the server's limit%s: %s; the server is asked why".formatted(limit, state);
		};
	}

	private static String idleLimit(ConnectionLoss loss) {
		return LossCause.outlived(loss, loss.waitTimeout()) ? told(" (wait_timeout is %d s)", loss.waitTimeout())
				: told(", by a wait_timeout that was set on its session (it was %d s when it was opened)",
						loss.waitTimeout());
	}

	private static String told(String text, @Nullable Duration limit) {
		return (limit != null) ? text.formatted(limit.toSeconds()) : "";
	}

	/**
	 * Tell what the connection was doing.
	 */
	static String state(ConnectionLoss loss) {
		return "%s for %s, %s old".formatted(loss.held() ? "quiet in use" : "idle", Seconds.of(loss.idle()),
				Seconds.of(loss.age()));
	}

}
