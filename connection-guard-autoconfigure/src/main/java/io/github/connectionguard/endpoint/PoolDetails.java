package io.github.connectionguard.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.connectionguard.endpoint.detail.StacksDescriptor;
import io.github.connectionguard.endpoint.detail.ThreadLook;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.report.HeldConnection;
import org.jspecify.annotations.Nullable;

/**
 * Describes what is asked for apart: who holds connections and who waits for them.
 * Borrows nothing, asks nobody and waits for nothing.
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

}
