package io.github.connectionguard.diagnosis;

import java.time.Duration;

/**
 * How this end gave a connection up.
 *
 * @param kind what was done
 * @param limit how long the driver was to wait for the server, zero if it does not matter
 * or is not known
 */
public record OwnEnd(Kind kind, Duration limit) {

	/**
	 * The connection was aborted.
	 */
	public static final OwnEnd ABORT = new OwnEnd(Kind.ABORT, Duration.ZERO);

	/**
	 * What this end can do to a connection.
	 */
	public enum Kind {

		/**
		 * Abort it ({@code Connection.abort}).
		 */
		ABORT,

		/**
		 * Wait for an answer no longer than the driver's property {@code socketTimeout}.
		 */
		SOCKET_TIMEOUT,

		/**
		 * Wait for an answer no longer than was asked of the connection
		 * ({@code Connection.setNetworkTimeout}).
		 */
		NETWORK_TIMEOUT

	}

	/**
	 * Return how a driver gave up that has waited for too long.
	 * @param limit how long it waited at most, in milliseconds
	 * @param usual how long it waits where nothing else is asked for, in milliseconds
	 * @return how it gave up
	 */
	public static OwnEnd timeout(int limit, int usual) {
		return new OwnEnd((limit == usual) ? Kind.SOCKET_TIMEOUT : Kind.NETWORK_TIMEOUT,
				Duration.ofMillis(Math.max(limit, 0)));
	}

	String describe() {
		return switch (this.kind) {
			case ABORT -> "this application aborted it (Connection.abort)";
			case SOCKET_TIMEOUT -> gaveUp("the driver's socketTimeout");
			case NETWORK_TIMEOUT -> gaveUp("its network timeout (Connection.setNetworkTimeout)");
		};
	}

	private String gaveUp(String setting) {
		String after = this.limit.isZero() ? "" : " after " + Seconds.of(this.limit);
		return "the driver gave up waiting for an answer%s, as %s says".formatted(after, setting);
	}

}
