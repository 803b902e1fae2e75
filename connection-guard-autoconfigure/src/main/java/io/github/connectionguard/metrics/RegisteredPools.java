package io.github.connectionguard.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools whose meters are in one registry. Thread-safe, without locks: a registry
 * calls what the application has put into it.
 */
final class RegisteredPools {

	private static final Logger logger = LoggerFactory.getLogger(RegisteredPools.class);

	private final GuardedPools pools;

	private final MeterRegistry registry;

	private final AtomicInteger asked = new AtomicInteger();

	private final Map<GuardedPool, PoolMeters> meters = new HashMap<>(); // of who
																			// refreshes

	private boolean toldFailure;

	RegisteredPools(GuardedPools pools, MeterRegistry registry) {
		this.pools = pools;
		this.registry = registry;
	}

	/**
	 * Have the meters of those pools in the registry that there are now. If another
	 * thread is at it, it does so once more.
	 */
	void refresh() {
		if (this.asked.getAndIncrement() > 0) {
			return;
		}
		int done;
		do {
			done = this.asked.get();
			refreshOnce();
		}
		while (this.asked.addAndGet(-done) > 0);
	}

	private void refreshOnce() {
		Map<GuardedPool, String> names = this.pools.pools()
			.stream()
			.filter((pool) -> !pool.isClosed())
			.collect(Collectors.toMap((pool) -> pool, GuardedPool::name));
		removeAllBut(names);
		names.forEach(this::add);
	}

	/**
	 * Remove first: another pool may have got the names of one that was closed.
	 */
	private void removeAllBut(Map<GuardedPool, String> names) {
		this.meters.entrySet().removeIf((entry) -> {
			boolean outdated = !entry.getValue().pool().equals(names.get(entry.getKey()));
			if (outdated) {
				safely(entry.getValue()::remove);
			}
			return outdated;
		});
	}

	private void add(GuardedPool pool, String name) {
		if (!this.meters.containsKey(pool)) {
			PoolMeters added = new PoolMeters(this.registry, name, pool.beanName());
			this.meters.put(pool, added);
			safely(() -> added.register(pool));
		}
	}

	private void safely(Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
	}

	private void failed(Throwable failure) {
		if (!this.toldFailure) {
			this.toldFailure = true;
			logger.warn(
					"A registry of meters has failed and may lack some of the guarded pools' (further failures at DEBUG)",
					failure);
		}
		else {
			logger.debug("A registry of meters has failed", failure);
		}
	}

}
