package io.github.connectionguard.endpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.github.connectionguard.endpoint.detail.SessionDescriptor;
import io.github.connectionguard.endpoint.detail.StacksDescriptor;
import io.github.connectionguard.endpoint.detail.ThreadLook;
import io.github.connectionguard.event.PoolCounts;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.outcome.UnitCounts;
import io.github.connectionguard.report.HeldConnection;
import org.jspecify.annotations.Nullable;

/**
 * Describes what is asked for apart: who holds connections and who waits for them, and
 * what sessions do. Borrows nothing, asks nobody and waits for nothing.
 */
final class PoolDetails {

	private PoolDetails() {
	}

	/**
	 * Describe who holds the connections of a pool and who waits for one.
	 * @param others whether somebody waits for another pool
	 */
	static StacksDescriptor stacksOf(GuardedPool pool, BooleanSupplier others, ShownValues values) {
		ThreadLook look = ThreadLook.now();
		int waiters = pool.snapshot().waiting();
		List<Thread> waiting = (waiters > 0) ? look.waiting() : List.of();
		Duration waitingFor = pool.samples().waitingFor();
		return new StacksDescriptor(
				pool.leases()
					.held()
					.stream()
					.map((held) -> new StacksDescriptor.Holding(held.connection(),
							values.holder(held.holder().getName()), Rounded.of(held.heldFor()),
							values.request(held.request()), look.stackOf(held.holder()), placeOf(held)))
					.toList(),
				waiting.stream()
					.map((thread) -> new StacksDescriptor.Waiting(values.holder(thread.getName()),
							look.stackOf(thread)))
					.toList(),
				(waitingFor != null) ? Rounded.of(waitingFor) : null,
				waiting.size() <= waiters && !others.getAsBoolean());
	}

	private static @Nullable List<String> placeOf(HeldConnection held) {
		Throwable borrowed = held.borrowedAt();
		return (borrowed != null) ? ThreadLook.text(borrowed.getStackTrace()) : null;
	}

	/**
	 * Describe what requests and scopes do on pools.
	 */
	static SessionDescriptor session(UnitCounts units, Collection<GuardedPool> pools, ShownValues values) {
		return new SessionDescriptor(SessionDescriptor.units(units),
				pools.stream().map(PoolDetails::kept).reduce(SessionDescriptor.Kept.NONE, SessionDescriptor.Kept::plus),
				pools.stream()
					.flatMap((pool) -> holding(pool, values))
					.sorted(Comparator.comparing(SessionDescriptor.Holding::heldFor).reversed())
					.toList());
	}

	private static SessionDescriptor.Kept kept(GuardedPool pool) {
		PoolCounts counts = pool.events().counts();
		return new SessionDescriptor.Kept(counts.keptByUnits().count(),
				Rounded.of(Duration.ofNanos(counts.keptByUnits().nanos())), Rounded.of(counts.longestKept()));
	}

	private static Stream<SessionDescriptor.Holding> holding(GuardedPool pool, ShownValues values) {
		return pool.leases()
			.held()
			.stream()
			.filter((held) -> held.request() != null)
			.map((held) -> new SessionDescriptor.Holding(pool.beanName(), held.connection(),
					values.request(held.request()), Rounded.of(held.heldFor())));
	}

}
