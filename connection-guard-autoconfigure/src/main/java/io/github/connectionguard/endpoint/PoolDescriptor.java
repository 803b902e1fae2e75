package io.github.connectionguard.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.connectionguard.report.Loss;
import io.github.connectionguard.report.PoolReport;
import io.github.connectionguard.report.Reachability;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers of one pool. What is {@code null} is not known.
 *
 * @param verdict how it is, in one sentence
 * @param pool the pool's own name
 * @param guarded whether it is under guard
 * @param guardedSince since when
 * @param counters the counters of the pool
 * @param settings what was asked for, and what the pool keeps to
 * @param server the server of the pool
 * @param connections the physical connections
 * @param lastPing the last ping
 * @param lastLoss the last loss of a connection
 */
public record PoolDescriptor(Verdict verdict, String pool, boolean guarded, @Nullable Instant guardedSince,
		Counters counters, Settings settings, Server server, @Nullable List<ConnectionDescriptor> connections,
		PoolReport.@Nullable Ping lastPing, @Nullable Loss lastLoss) implements OperationResponseBody {

	/**
	 * The counters of a pool.
	 *
	 * @param active the connections in use
	 * @param idle the connections not in use
	 * @param total all connections
	 * @param waiting the threads that wait for a connection
	 * @param maximum the most connections the pool may have
	 * @param leaked how many connections were not given back
	 */
	public record Counters(int active, int idle, int total, int waiting, int maximum, @Nullable Long leaked) {

	}

	/**
	 * What was asked for, and what the pool keeps to.
	 *
	 * @param maxLifetime the maximum age of a connection
	 * @param keepalive the interval at which idle connections are pinged
	 * @param idleLimit how long a connection may be idle
	 */
	public record Settings(Timer maxLifetime, Timer keepalive, IdleLimit idleLimit) {

	}

	/**
	 * A timer of the pool, zero if it is off.
	 *
	 * @param requested what was asked for
	 * @param effective what the pool keeps to
	 */
	public record Timer(Duration requested, Duration effective) {

	}

	/**
	 * How long a connection may be idle.
	 *
	 * @param requested {@code connection-guard.network-idle-timeout}
	 * @param effective the limit the timers are planned by
	 * @param source what sets it
	 */
	public record IdleLimit(@Nullable Duration requested, @Nullable Duration effective, @Nullable String source) {

	}

	/**
	 * The server of a pool.
	 *
	 * @param address the hosts of the URL with their ports
	 * @param status whether it can be reached
	 * @param error what kind of failure the last attempt to connect was
	 * @param unreachableSince since when it cannot be reached
	 * @param roundTrip how long an exchange with it takes
	 * @param product the name of its product
	 * @param version its version
	 * @param id its {@code server_uuid} or {@code server_uid}
	 * @param readOnly whether it refuses writes
	 * @param waitTimeout the {@code wait_timeout} of the pool's last new session
	 * @param waitTimeoutSource where that value came from
	 * @param globalWaitTimeout the server's {@code wait_timeout}
	 * @param proxy what was seen to stand between
	 * @param load what it said of its connections
	 */
	public record Server(@Nullable String address, Reachability.@Nullable Status status, @Nullable String error,
			@Nullable Instant unreachableSince, @Nullable Duration roundTrip, @Nullable String product,
			@Nullable String version, @Nullable String id, @Nullable Boolean readOnly, @Nullable Duration waitTimeout,
			@Nullable String waitTimeoutSource, @Nullable Duration globalWaitTimeout, @Nullable String proxy,
			@Nullable Load load) {

	}

	/**
	 * What a server said of its connections.
	 *
	 * @param readAt when it was asked
	 * @param uptime how long it had been running then
	 * @param maxConnections its {@code max_connections}
	 * @param maxUserConnections the {@code max_user_connections} of the account
	 * @param threadsConnected how many connections it had
	 * @param headroom how many more it would have let in
	 * @param abortedClients how many clients it has lost since the guard watches
	 * @param accountSessions the sessions of the pool's account
	 * @param poolSessions those of the pool
	 * @param shares whose its connections were
	 * @param instances how many instances those of the account seem to come from
	 */
	public record Load(Instant readAt, @Nullable Duration uptime, @Nullable Long maxConnections,
			long maxUserConnections, @Nullable Long threadsConnected, @Nullable Long headroom,
			@Nullable Long abortedClients, @Nullable Integer accountSessions, int poolSessions, @Nullable Shares shares,
			@Nullable Integer instances) {

	}

	/**
	 * Whose the connections of a server were.
	 *
	 * @param application those of all pools of this application
	 * @param fleet those of the same account that are not of this application
	 * @param others all others
	 */
	public record Shares(int application, int fleet, long others) {

	}

}
