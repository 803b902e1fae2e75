package io.github.connectionguard.health;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.report.Loss;
import io.github.connectionguard.report.PoolReport;
import io.github.connectionguard.report.PoolSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells how one guarded pool is. Reads counters and what is known already: borrows
 * nothing and waits for nothing.
 */
final class PoolHealthIndicator extends AbstractHealthIndicator {

	private final GuardedPool pool;

	PoolHealthIndicator(GuardedPool pool) {
		this.pool = pool;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		PoolReport report = this.pool.report();
		ReachabilityStatus.apply(builder, report.reachability());
		describe(builder, report.counters());
		builder.withDetail("leaked", report.leaked());
		describe(builder, report.plan());
		PoolReport.Ping ping = report.lastPing();
		if (ping != null) {
			builder.withDetail("lastPing", describe(ping));
		}
		Loss loss = report.lastLoss();
		if (loss != null) {
			builder.withDetail("lastLoss",
					Map.of("at", loss.at(), "cause", loss.cause(), "description", loss.description()));
		}
	}

	static void describe(Health.Builder builder, PoolSnapshot snapshot) {
		builder.withDetail("active", snapshot.active())
			.withDetail("idle", snapshot.idle())
			.withDetail("total", snapshot.total())
			.withDetail("waiting", snapshot.waiting())
			.withDetail("maximum", snapshot.maximum());
	}

	static void describe(Health.Builder builder, @Nullable LifetimePlan plan) {
		if (plan != null) {
			builder.withDetail("idleLimit", plan.limit())
				.withDetail("idleLimitSource", plan.source().description())
				.withDetail("maxLifetime", plan.maxLifetime())
				.withDetail("keepalive", plan.keepalive());
		}
	}

	private static Map<String, Object> describe(PoolReport.Ping ping) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("at", ping.at());
		details.put("took", ping.took());
		details.put("alive", ping.alive());
		return details;
	}

}
