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
 */
public record ServerReport(String address, @Nullable Reachability reachability, @Nullable Instant unreachableSince,
		boolean refusing, @Nullable Duration roundTrip, @Nullable Session session) {

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
	 */
	public record Session(String product, @Nullable String version, @Nullable String id, boolean readOnly,
			Duration waitTimeout, LimitSource source) {

	}

}
