package io.github.connectionguard.watch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.connection.Wire;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.lifetime.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one pool show of the path to its server.
 */
final class PoolPath {

	private static final Logger logger = LoggerFactory.getLogger(PoolPath.class);

	private final GuardedPool pool;

	private boolean toldSlow;

	PoolPath(GuardedPool pool) {
		this.pool = pool;
	}

	/**
	 * Return what goes over the connections.
	 */
	Stream<Wire> wires() {
		return this.pool.ledger().connections().stream().map(PhysicalConnection::wire);
	}

	/**
	 * Return how long to wait for what takes a round trip.
	 * @param least how long on the fastest path
	 */
	Duration limit(Duration least) {
		return this.pool.ledger().roundTrip().limit(least);
	}

	/**
	 * Return for how long somebody has been waiting for an answer.
	 */
	Duration longestWait() {
		return wires().map(Wire::waiting).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/**
	 * Return how long the server was not heard on any connection, zero if there is none:
	 * a pool that has drained is left alone.
	 * @param own how long it was not heard otherwise
	 */
	Duration quiet(Duration own) {
		return wires().map(Wire::quiet)
			.min(Duration::compareTo)
			.map((quiet) -> Durations.min(quiet, own))
			.orElse(Duration.ZERO);
	}

	/**
	 * Ping one of the connections that lie in the pool, unless one is being pinged.
	 * @param threads where to wait
	 * @return whether there is one
	 */
	boolean pingOne(Executor threads) {
		return wires().anyMatch((wire) -> wire.pings().isUnderWay())
				|| this.pool.ledger().pingOne(this.pool.server().pingLimit(), threads);
	}

	/**
	 * Tell whether somebody waits for an answer or for a connection, other than the guard
	 * itself.
	 */
	boolean isWaitedFor() {
		return this.pool.snapshot().waiting() > 0 || this.pool.ledger()
			.connections()
			.stream()
			.anyMatch((connection) -> connection.isLent() && !connection.wire().waiting().isZero());
	}

	/**
	 * Tell whether a ping is under way that takes longer than a time.
	 */
	boolean isPingLate(Duration time) {
		return wires().anyMatch((wire) -> wire.pings().unanswered().compareTo(time) > 0);
	}

	/**
	 * The server has answered a login that began after these pings: they will get no
	 * answer.
	 */
	void cutPingsBefore(long begin) {
		Duration since = Duration.ofNanos(this.pool.ledger().now() - begin);
		wires().forEach((wire) -> wire.pings().cut(since));
	}

	/**
	 * Tell that a ping has no answer yet.
	 */
	void tellLate(PhysicalConnection pinged, Duration unanswered) {
		this.pool.events().publish((name, at) -> new GuardEvent.PingLate(name, at, pinged.name(), unanswered));
	}

	/**
	 * Ping the connections that lie in the pool and are under suspicion.
	 * @param suspects which are
	 * @param threads where to wait
	 */
	void sweep(Predicate<Wire> suspects, Executor threads) {
		int swept = this.pool.ledger().sweep(suspects, this.pool.server().pingLimit(), threads);
		if (swept > 0) {
			this.pool.events().publish((name, at) -> new GuardEvent.ConnectionsSwept(name, at, swept));
		}
	}

	/**
	 * Tell once, on the timer's thread, if the path is slow.
	 */
	void tellIfSlow() {
		if (!this.toldSlow && this.pool.server().isPathSlow()) {
			this.toldSlow = true;
			logger.info("{} - The server takes {} ms to answer, longer than connection-guard.validation.timeout, and "
					+ "is given more time", this.pool, this.pool.ledger().roundTrip().smoothed().toMillis());
		}
	}

}
