package io.github.connectionguard.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.connectionguard.advice.Advice;
import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;
import org.jspecify.annotations.Nullable;

/**
 * Tells of places in an application that hold a connection for long in a request, outside
 * of a transaction: each once, and not of more than a few. Whoever borrows does nothing
 * for it; the stack of a thread is looked at once for each connection that it has held
 * for that long. Confined to the timer's thread.
 */
public final class SlowRequests {

	private static final Duration LONG = Duration.ofSeconds(1);

	private static final int MOST = 20;

	private final Set<String> told = new HashSet<>();

	/**
	 * The connections that were held at the last look, with the lease whose stack was
	 * looked at.
	 */
	private final Map<PhysicalConnection, @Nullable Lease> held = new HashMap<>();

	/**
	 * Look at the connections of a pool. Waits for nothing.
	 * @param pool the pool
	 */
	public void look(GuardedPool pool) {
		if (this.told.size() < MOST) {
			pool.ledger().connections().forEach((connection) -> look(pool, connection));
			this.held.keySet().removeIf((connection) -> !connection.isHeld());
		}
	}

	/**
	 * Look at a connection, the first time only at whether it is held: a lease that was
	 * seen is not used again.
	 */
	private void look(GuardedPool pool, PhysicalConnection connection) {
		if (!connection.isHeld()) {
			return;
		}
		if (!this.held.containsKey(connection)) {
			this.held.put(connection, null);
			return;
		}
		Lease lease = connection.lease();
		if (lease != null && lease != this.held.get(connection)
				&& lease.heldFor(pool.ledger().now()).compareTo(LONG) > 0) {
			this.held.put(connection, lease);
			tell(pool, lease);
		}
	}

	private void tell(GuardedPool pool, Lease lease) {
		boolean running = lease.connection().wire().quiet().isZero();
		String place = RequestPlace.of(lease.holder().getStackTrace());
		if (place != null && !lease.hasEnded() && this.told.add(place)) {
			pool.start()
				.advise(List.of(running
						? Advice.SLOW_IN_REQUEST.with(place, "for a statement that takes as long",
								"have the server answer it sooner")
						: Advice.SLOW_IN_REQUEST.with(place, "while it does something else",
								"do that before the first statement that writes, or after the request")));
		}
	}

}
