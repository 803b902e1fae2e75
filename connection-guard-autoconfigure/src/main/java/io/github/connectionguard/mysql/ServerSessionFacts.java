package io.github.connectionguard.mysql;

import java.time.Duration;

import io.github.connectionguard.lifetime.ServerLimits;
import org.jspecify.annotations.Nullable;

/**
 * What one session of the server says of itself and of its server.
 *
 * @param limits how long the server lets this session stay idle
 * @param connectionId the session's {@code CONNECTION_ID()}
 * @param autoCommit whether the session is in auto-commit mode
 * @param product the product's name, as the driver tells it
 * @param serverId the server's {@code server_uuid} or {@code server_uid}, or {@code null}
 * if it has none
 * @param version the server's {@code version}, or {@code null} if only the limits could
 * be read
 * @param readOnly whether the server refuses writes ({@code read_only})
 * @param maxConnections the server's {@code max_connections}, zero if unknown
 * @param netWriteTimeout the session's {@code net_write_timeout} in seconds, zero if
 * unknown
 * @param account the session's {@code CURRENT_USER()}, or {@code null} if unknown
 * @param transactions what its next transactions are, or {@code null} if unknown
 * @param globalWaitTimeout the server's {@code wait_timeout}, which new sessions have
 * unless something gives them another one
 * @param maxUserConnections the {@code max_user_connections} that holds for the account,
 * zero if there is none or it is unknown
 */
public record ServerSessionFacts(ServerLimits limits, long connectionId, boolean autoCommit, String product,
		@Nullable String serverId, @Nullable String version, boolean readOnly, long maxConnections,
		long netWriteTimeout, @Nullable String account, @Nullable TransactionDefaults transactions,
		Duration globalWaitTimeout, long maxUserConnections) {

	/**
	 * Return these facts as those of another session, of which only the number is not
	 * known.
	 * @return the facts, with zero for the number
	 */
	public ServerSessionFacts ofAnotherSession() {
		return ofSession(0);
	}

	/**
	 * Return these facts, with what another session has said as well kept once for both.
	 * @param other what the other session has said
	 * @return the same facts
	 */
	ServerSessionFacts sharedWith(ServerSessionFacts other) {
		ServerSessionFacts shared = other.ofSession(this.connectionId);
		return shared.equals(this) ? shared : this;
	}

	private ServerSessionFacts ofSession(long id) {
		return new ServerSessionFacts(this.limits, id, this.autoCommit, this.product, this.serverId, this.version,
				this.readOnly, this.maxConnections, this.netWriteTimeout, this.account, this.transactions,
				this.globalWaitTimeout, this.maxUserConnections);
	}

	/**
	 * Tell whether the server is known to be MariaDB.
	 * @return whether it is
	 */
	public boolean isMariaDb() {
		return this.version != null && this.version.contains("MariaDB");
	}

}
