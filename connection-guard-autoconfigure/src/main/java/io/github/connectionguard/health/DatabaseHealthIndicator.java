package io.github.connectionguard.health;

import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.mysql.ServerSessionFacts;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.util.StringUtils;

/**
 * Answers for a guarded pool what Spring Boot's {@code DataSourceHealthIndicator} does,
 * with the same details, from what is known already.
 */
public final class DatabaseHealthIndicator extends AbstractHealthIndicator {

	private final GuardedPool pool;

	/**
	 * Create an indicator.
	 * @param pool the pool to answer for
	 */
	public DatabaseHealthIndicator(GuardedPool pool) {
		this.pool = pool;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ReachabilityStatus.apply(builder, this.pool.reachability());
		ServerSessionFacts facts = this.pool.facts();
		String query = this.pool.validationQuery();
		builder.withDetail("database", (facts != null) ? facts.product() : "unknown");
		builder.withDetail("validationQuery", StringUtils.hasText(query) ? query : "isValid()");
	}

}
