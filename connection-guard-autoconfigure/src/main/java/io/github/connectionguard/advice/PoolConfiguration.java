package io.github.connectionguard.advice;

import java.time.Duration;
import java.util.Map;

import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.mysql.MySqlUrl;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is configured with, as far as there is anything to say of it.
 *
 * @param url the JDBC URL, or {@code null} if the pool has none
 * @param driverProperties the driver's properties that are not in the URL
 * @param requested the timers the user asked for, before the pool validated them
 * @param maximumPoolSize the most connections the pool may have
 * @param validationTimeout how long the pool waits for one validation
 * @param connectionTimeout how long a borrower waits for a connection
 */
public record PoolConfiguration(@Nullable String url, Map<?, ?> driverProperties, PoolTimers requested,
		int maximumPoolSize, Duration validationTimeout, Duration connectionTimeout) {

	@Nullable String driverProperty(String name) {
		Object set = this.driverProperties.get(name);
		return (set != null) ? set.toString() : MySqlUrl.parameter(this.url, name);
	}

	/**
	 * Say nothing of the URL and the driver's properties, which may hold a password.
	 */
	@Override
	public String toString() {
		return "PoolConfiguration of " + this.maximumPoolSize + " connections";
	}

	boolean isDriverPropertyZero(String name) {
		String value = driverProperty(name);
		return this.url != null && (value == null || value.equals("0"));
	}

}
