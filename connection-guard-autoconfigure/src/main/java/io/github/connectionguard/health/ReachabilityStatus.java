package io.github.connectionguard.health;

import io.github.connectionguard.report.Reachability;

import org.springframework.boot.health.contributor.Health;

/**
 * Says what is known of a server as a health status.
 */
final class ReachabilityStatus {

	private ReachabilityStatus() {
	}

	static void apply(Health.Builder builder, Reachability reachability) {
		switch (reachability.status()) {
			case UNKNOWN -> builder.unknown();
			case REACHABLE -> builder.up();
			case UNREACHABLE -> builder.down();
		}
		if (reachability.error() != null) {
			builder.withDetail("error", reachability.error());
		}
	}

}
