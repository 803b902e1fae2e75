package io.github.connectionguard.health;

import java.util.stream.Stream;

import io.github.connectionguard.hikari.GuardedPools;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

/**
 * Tells how the guarded pools are, each under the name of its bean.
 */
public final class PoolsHealthContributor implements CompositeHealthContributor {

	private final GuardedPools pools;

	/**
	 * Create a contributor.
	 * @param pools the pools, of which there may be more later
	 */
	public PoolsHealthContributor(GuardedPools pools) {
		this.pools = pools;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return stream().filter((entry) -> entry.name().equals(name))
			.map(HealthContributors.Entry::contributor)
			.findFirst()
			.orElse(null);
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		return Stream.concat(
				this.pools.pools()
					.stream()
					.map((pool) -> new HealthContributors.Entry(pool.beanName(), new PoolHealthIndicator(pool))),
				this.pools.startedPools()
					.stream()
					.map((pool) -> new HealthContributors.Entry(pool.beanName(),
							new StartedPoolHealthIndicator(pool))));
	}

}
