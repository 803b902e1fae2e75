package io.github.connectionguard.report;

import java.time.Duration;
import java.time.Instant;

import io.github.connectionguard.lifetime.LimitSource;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the server of a pool at one moment. Nobody was asked to get it.
 *
 * @param address the hosts of the URL with their ports
 * @param reachability whether it can be reached, or {@code null} if nobody looks after it
 * @param unreachableSince since when it cannot be reached, or {@code null} if it can be
 * or nobody has tried
 * @param refusing whether it has refused a login, and nobody was let in past the pool
 * since
 * @param roundTrip how long an exchange with it takes, or {@code null} if none was
 * measured
 * @param session what the last session to be set up said, or {@code null} if none did
 * @param load what it said of its connections, or {@code null} if it was not asked
 */
public record ServerReport(String address, @Nullable Reachability reachability, @Nullable Instant unreachableSince,
		boolean refusing, @Nullable Duration roundTrip, @Nullable Session session, @Nullable Load load) {

	/**
	 * What one session says of its server and itself.
	 *
	 * @param product the name of the server's product
	 * @param version the server's {@code version}, or {@code null} if it could not be
	 * read
	 * @param id the server's {@code server_uuid} or {@code server_uid}, or {@code null}
	 * if it has none
	 * @param readOnly whether the server refuses writes
	 * @param waitTimeout the session's {@code wait_timeout}
	 * @param source where that value came from
	 * @param globalWaitTimeout the server's {@code wait_timeout}
	 * @param proxy what was seen to stand between, or {@code null} if nobody has looked
	 */
	public record Session(String product, @Nullable String version, @Nullable String id, boolean readOnly,
			Duration waitTimeout, LimitSource source, Duration globalWaitTimeout, @Nullable String proxy) {

	}

	/**
	 * What a server said of its connections. A login that was made only to ask has ended
	 * since, and is counted nowhere.
	 *
	 * @param readAt when it was asked
	 * @param uptime how long it had been running then, or {@code null} if it did not tell
	 * @param maxConnections its {@code max_connections}, zero if unknown
	 * @param maxUserConnections the {@code max_user_connections} of the account, zero if
	 * there is none or it is unknown
	 * @param connected how many connections it had, or {@code null} if it did not tell
	 * @param aborted how many clients it has lost since the guard watches, or
	 * {@code null} if it did not tell
	 * @param ofPool how many of its connections were the pool's
	 * @param sessions whose its connections were, or {@code null} if nobody knows
	 */
	public record Load(Instant readAt, @Nullable Duration uptime, long maxConnections, long maxUserConnections,
			@Nullable Long connected, @Nullable Long aborted, int ofPool, @Nullable Sessions sessions) {

		/**
		 * Return how many connections more the server would have let in.
		 * @return the number, or {@code null} if it is not known
		 */
		public @Nullable Long headroom() {
			Long known = this.connected;
			return (known != null && this.maxConnections > 0) ? Long.valueOf(this.maxConnections - known) : null;
		}

	}

	/**
	 * Whose the connections of a server were.
	 *
	 * @param ofAccount those of the pool's account
	 * @param application those of all pools of this application that lead to the server
	 * @param fleet those of the pool's account that are not of this application
	 * @param others all others
	 * @param instances how many instances those of the account seem to come from
	 */
	public record Sessions(int ofAccount, int application, int fleet, long others, int instances) {

	}

}
