package io.github.connectionguard.keepalive;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.driver.ConnectionSocket.Sight;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.LifetimePlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks the ledger of one pool, looks at each connection and pings what has been quiet
 * for nine tenths of its interval. Walking ten times an interval keeps every connection
 * from being quiet for longer, with fewer pings than HikariCP's own, which come after
 * eight to ten tenths whether or not the connection was used.
 */
public final class KeepaliveWalk {

	private static final Logger logger = LoggerFactory.getLogger(KeepaliveWalk.class);

	private static final Duration FIRST_STEP = Duration.ofMillis(250);

	private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

	private static final Duration SHORTEST_STEP = Duration.ofMillis(10);

	/**
	 * A look takes a system call. In a pool of more connections they take turns; one that
	 * is found dead has all others looked at.
	 */
	private static final int MOST_LOOKS = 250;

	/**
	 * What a connection needs to wait for answers is not worth to be made anew for one
	 * that is used again and again.
	 */
	private static final Duration RESTS_AFTER = Duration.ofSeconds(5);

	private final GuardedPool pool;

	private final KeepaliveSettings settings;

	private final Executor pings;

	private int first;

	/**
	 * Create the walk through the connections of a pool.
	 * @param pool the pool
	 * @param settings what the user may set
	 * @param pings where to wait for the answers to pings
	 */
	public KeepaliveWalk(GuardedPool pool, KeepaliveSettings settings, Executor pings) {
		this.pool = pool;
		this.settings = settings;
		this.pings = pings;
	}

	/**
	 * Walk once. Waits for nothing. By one thread at a time.
	 * @return how long to wait before the next walk
	 */
	public Duration walk() {
		this.pool.server().reviewLimit();
		visitAll(this.pool.ledger().connections());
		this.pool.ledger().pings().pingSoon(this.pings);
		LifetimePlan plan = this.pool.plan();
		if (plan == null) {
			return FIRST_STEP;
		}
		Duration step = plan.heldKeepalive().dividedBy(10);
		return Durations.max(Durations.min(step, LONGEST_STEP), SHORTEST_STEP);
	}

	private void visitAll(Collection<PhysicalConnection> connections) {
		int size = Math.max(connections.size(), 1);
		int turn = (this.first < size) ? this.first : 0;
		int place = 0;
		for (PhysicalConnection connection : connections) {
			boolean due = Math.floorMod(place - turn, size) < MOST_LOOKS;
			visit(connection, due ? connection.wire().glance() : Sight.UNKNOWN);
			place++;
		}
		this.first = (size > MOST_LOOKS) ? (turn + MOST_LOOKS) % size : 0;
	}

	private void visit(PhysicalConnection connection, Sight sight) {
		Duration quiet = connection.wire().quiet();
		if (sight == Sight.QUIET && quiet.compareTo(RESTS_AFTER) > 0) {
			connection.wire().rest();
		}
		LifetimePlan plan = connection.plan();
		if (plan == null || !connection.isPingable() || connection.wire().pings().isUnderWay() || connection.isLost()) {
			return;
		}
		boolean held = connection.isHeld();
		if (sight == Sight.PENDING && !held) {
			ping(connection, null); // the server has left a word: its last one
		}
		else if (isDue(quiet, held ? plan.heldKeepalive() : plan.keepalive())) {
			keepAlive(connection, connection.lease());
		}
	}

	private static boolean isDue(Duration quiet, Duration interval) {
		return !interval.isZero() && quiet.toNanos() >= interval.toNanos() / 10 * 9;
	}

	private void keepAlive(PhysicalConnection connection, @Nullable Lease lease) {
		if (lease != null && lease.heldFor(this.pool.ledger().now()).compareTo(this.settings.maxHold()) > 0) {
			giveUp(lease);
		}
		else {
			ping(connection, lease);
		}
	}

	private void ping(PhysicalConnection connection, @Nullable Lease lease) {
		Duration limit = this.pool.server().pingLimit();
		if (lease != null) {
			this.pings.execute(() -> connection.wire().pings().keepAlive(limit));
		}
		else {
			this.pool.ledger().pings().add(connection, limit);
		}
	}

	private void giveUp(Lease lease) {
		if (lease.hasEnded() || !lease.tellOnce()) {
			return;
		}
		Thread holder = lease.holder();
		Throwable borrowed = lease.borrowedBy();
		StackTraceElement[] stack = (borrowed != null) ? borrowed.getStackTrace() : holder.getStackTrace();
		this.pool.ledger().recordBorrowers();
		logger.warn("{} - A connection has been in use by thread '{}' for more than {} s "
				+ "(connection-guard.keepalive.max-hold) and is not kept alive any longer: a forgotten transaction "
				+ "has to meet the server's wait_timeout. {}:\n{}", this.pool, holder.getName(),
				this.settings.maxHold().toSeconds(),
				(borrowed != null) ? "It was borrowed here"
						: "Its holder is here now; the next one's borrowing stack " + "will be recorded",
				Arrays.stream(stack).map((frame) -> "\tat " + frame).collect(Collectors.joining("\n")));
	}

}
