package io.github.connectionguard.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.connectionguard.hikari.GuardedPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds the meters of all guarded pools, also of those that come later, to registries.
 * They read what is counted anyway, so that they know what happened before, and it does
 * no harm to bind them twice. Thread-safe.
 */
public final class GuardMeters implements MeterBinder {

	private final GuardedPools pools;

	private final Map<MeterRegistry, RegisteredPools> registries = new ConcurrentHashMap<>();

	/**
	 * Create a binder without registries.
	 * @param pools the pools, of which there may be more later
	 */
	public GuardMeters(GuardedPools pools) {
		this.pools = pools;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.computeIfAbsent(registry, (added) -> new RegisteredPools(this.pools, added)).refresh();
	}

	/**
	 * Bind the meters of pools that were added, take away those of pools that were
	 * closed, and tag those anew whose pool has got a name. To be called when the pools
	 * have changed.
	 */
	public void refresh() {
		this.registries.values().forEach(RegisteredPools::refresh);
	}

}
