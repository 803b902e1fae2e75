package io.github.connectionguard.advice;

import java.util.List;
import java.util.Map;

import io.github.connectionguard.mysql.MySqlUrl;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is configured with, as far as there is anything to say of it.
 *
 * @param url the JDBC URL, or {@code null} if the pool has none
 * @param driverProperties the driver's properties that are not in the URL
 * @param testQuery the statement to validate connections by, or {@code null} if there is
 * none
 * @param asked the numbers the user asked for
 * @param taken the numbers the pool made of them
 * @param keys the names of the settings of the application's data source, without their
 * values
 */
public record PoolConfiguration(@Nullable String url, Map<?, ?> driverProperties, @Nullable String testQuery,
		PoolNumbers asked, PoolNumbers taken, List<String> keys) {

	@Nullable String driverProperty(String name) {
		Object set = this.driverProperties.get(name);
		return (set != null) ? set.toString() : MySqlUrl.parameter(this.url, name);
	}

	boolean isDriverProperty(String name, String value) {
		return value.equalsIgnoreCase(driverProperty(name));
	}

	/**
	 * Say nothing of the URL and the driver's properties, which may hold a password.
	 */
	@Override
	public String toString() {
		return "PoolConfiguration of " + this.taken.maximumPoolSize() + " connections";
	}

}
