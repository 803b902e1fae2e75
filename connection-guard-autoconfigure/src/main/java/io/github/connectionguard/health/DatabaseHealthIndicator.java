package io.github.connectionguard.health;

import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.report.PoolReport;

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
		PoolReport report = this.pool.report();
		ReachabilityStatus.apply(builder, report.reachability());
		String query = report.validationQuery();
		builder.withDetail("database", (report.product() != null) ? report.product() : "unknown");
		builder.withDetail("validationQuery", StringUtils.hasText(query) ? query : "isValid()");
	}

}
