package io.github.connectionguard.hikari;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.zaxxer.hikari.HikariConfig;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.mysql.MySqlUrl;
import org.jspecify.annotations.Nullable;

/**
 * What a user would want to know of a pool's configuration. Only told: nothing of it is
 * changed.
 */
final class ConfigurationAdvice {

	private ConfigurationAdvice() {
	}

	/**
	 * Advise on a configuration.
	 * @param config the configuration, as the pool starts with it
	 * @param requested the timers the user asked for, before the pool validated them
	 * @return a sentence for each thing to change, with the property to change
	 */
	static List<String> on(HikariConfig config, PoolTimers requested) {
		List<String> advice = new ArrayList<>();
		if ("true".equalsIgnoreCase(driverProperty(config, "autoReconnect"))) {
			advice.add("autoReconnect=true loses session state and tears transactions apart; remove it from the URL");
		}
		if (isZero(config, "socketTimeout") || isZero(config, "connectTimeout")) {
			advice.add("the driver waits for a silent server without a limit; set connectTimeout and socketTimeout "
					+ "(milliseconds) in the URL, the latter above the longest statement");
		}
		if (HikariTimers.isBelowFloor(requested.maxLifetime())) {
			advice.add(
					"HikariCP would replace max-lifetime %s by 1800 s, since it is below 30 s; the guard sets it as asked"
						.formatted(Durations.text(requested.maxLifetime())));
		}
		if (HikariTimers.isBelowFloor(requested.keepalive())) {
			advice.add(
					"HikariCP would switch keepalive-time %s off, since it is below 30 s; the guard keeps to it as asked"
						.formatted(Durations.text(requested.keepalive())));
		}
		if (config.getValidationTimeout() * config.getMaximumPoolSize() > config.getConnectionTimeout()) {
			advice.add(("validating %d dead connections, %d ms each, can take longer than connection-timeout "
					+ "(%d ms); set validation-timeout lower")
				.formatted(config.getMaximumPoolSize(), config.getValidationTimeout(), config.getConnectionTimeout()));
		}
		return advice;
	}

	private static boolean isZero(HikariConfig config, String name) {
		return config.getJdbcUrl() != null && "0".equals(Objects.requireNonNullElse(driverProperty(config, name), "0"));
	}

	private static @Nullable String driverProperty(HikariConfig config, String name) {
		Object set = config.getDataSourceProperties().get(name);
		return (set != null) ? set.toString() : MySqlUrl.parameter(config.getJdbcUrl(), name);
	}

}
