package io.github.connectionguard.health;

import io.github.connectionguard.hikari.StartedPool;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells what is known of a pool that could not be put under guard, which is not whether
 * its server can be reached.
 */
final class StartedPoolHealthIndicator extends AbstractHealthIndicator {

	private final StartedPool pool;

	StartedPoolHealthIndicator(StartedPool pool) {
		this.pool = pool;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.unknown().withDetail("guarded", "no, the pool was running already: only its timers were set");
		PoolHealthIndicator.describe(builder, this.pool.snapshot());
		PoolHealthIndicator.describe(builder, this.pool.plan());
	}

}
