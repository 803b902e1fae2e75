package io.github.connectionguard.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.PoolTimers;

/**
 * What a user would want to know of a pool's configuration. Only told: nothing of it is
 * changed.
 */
public final class ConfigurationAdvice {

	private ConfigurationAdvice() {
	}

	/**
	 * Advise on a configuration.
	 * @param pool the configuration, as the pool starts with it
	 * @return a sentence for each thing to change, with the property to change
	 */
	public static List<String> on(PoolConfiguration pool) {
		List<String> advice = new ArrayList<>();
		if ("true".equalsIgnoreCase(pool.driverProperty("autoReconnect"))) {
			advice.add("autoReconnect=true loses session state and tears transactions apart; remove it from the URL");
		}
		if (pool.isDriverPropertyZero("socketTimeout") || pool.isDriverPropertyZero("connectTimeout")) {
			advice.add("the driver waits for a silent server without a limit; set connectTimeout and socketTimeout "
					+ "(milliseconds) in the URL, the latter above the longest statement");
		}
		Duration maxLifetime = pool.requested().maxLifetime();
		if (PoolTimers.isBelowFloor(maxLifetime)) {
			advice.add(
					"HikariCP would replace max-lifetime %s by 1800 s, since it is below 30 s; the guard sets it as asked"
						.formatted(Durations.text(maxLifetime)));
		}
		Duration keepalive = pool.requested().keepalive();
		if (PoolTimers.isBelowFloor(keepalive)) {
			advice.add(
					"HikariCP would switch keepalive-time %s off, since it is below 30 s; the guard keeps to it as asked"
						.formatted(Durations.text(keepalive)));
		}
		Duration validation = pool.validationTimeout().multipliedBy(pool.maximumPoolSize());
		if (validation.compareTo(pool.connectionTimeout()) > 0) {
			advice.add(("validating %d dead connections, %d ms each, can take longer than connection-timeout "
					+ "(%d ms); set validation-timeout lower")
				.formatted(pool.maximumPoolSize(), pool.validationTimeout().toMillis(),
						pool.connectionTimeout().toMillis()));
		}
		return advice;
	}

}
