package io.github.connectionguard.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.mysql.ServerProxy;
import org.jspecify.annotations.Nullable;

/**
 * What a user would want to change in a pool's configuration. Only told: nothing of it is
 * changed. What the guard makes up for is no advice, and neither is a default.
 */
public final class ConfigurationAdvice {

	private static final Duration DEFAULT_KEEPALIVE = Duration.ofMinutes(2);

	private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(10);

	/**
	 * Whoever asks for less had seconds in mind.
	 */
	private static final Duration SHORTEST_TIME = Duration.ofSeconds(1);

	/**
	 * As for the other times; half an hour is often given as 1800.
	 */
	private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(10);

	private static final int[] MARIADB_LIMITS_IS_VALID = { 3, 5, 6 };

	private static final int[] MARIADB_KNOWS_MYSQL = { 3 };

	private static final int[] MYSQL_LIKE_MARIADB = { 10 };

	private ConfigurationAdvice() {
	}

	/**
	 * Advise on a configuration.
	 * @param pool the configuration, as the pool starts with it
	 * @return a line for each thing to change, with the property to change
	 */
	public static List<String> on(PoolConfiguration pool) {
		List<String> advice = new ArrayList<>();
		if (pool.isDriverProperty("autoReconnect", "true")) {
			advice.add(Advice.AUTO_RECONNECT.with());
		}
		if (pool.testQuery() != null) {
			advice.add(Advice.TEST_QUERY.with());
		}
		onMilliseconds(pool, advice);
		onTimers(pool, advice);
		onSizes(pool, advice);
		List<String> others = OtherPools.settings(pool);
		if (!others.isEmpty()) {
			advice.add(Advice.OTHER_POOLS.with(String.join(", ", others)));
		}
		return advice;
	}

	private static void onMilliseconds(PoolConfiguration pool, List<String> advice) {
		PoolNumbers asked = pool.asked();
		onMilliseconds("max-lifetime", asked.timers().maxLifetime(), SHORTEST_LIFETIME, advice);
		onMilliseconds("keepalive-time", asked.timers().keepalive(), SHORTEST_TIME, advice);
		onMilliseconds("idle-timeout", asked.idleTimeout(), SHORTEST_TIME, advice);
		onMilliseconds("leak-detection-threshold", asked.leakDetection(), SHORTEST_TIME, advice);
		for (String name : List.of("connectTimeout", "socketTimeout")) {
			onMilliseconds(name, millis(pool.driverProperty(name)), SHORTEST_TIME, advice);
		}
	}

	private static Duration millis(@Nullable String value) {
		return (value != null && value.matches("\\d{1,9}")) ? Duration.ofMillis(Integer.parseInt(value))
				: Duration.ZERO;
	}

	private static void onMilliseconds(String property, Duration time, Duration shortest, List<String> advice) {
		if (isTooShort(time, shortest)) {
			advice.add(Advice.MILLISECONDS.with(property, time.toMillis()));
		}
	}

	private static boolean isTooShort(Duration time, Duration shortest) {
		return !time.isZero() && time.compareTo(shortest) < 0;
	}

	/**
	 * A lifetime or keepalive below HikariCP's floors is kept to by the guard.
	 */
	private static void onTimers(PoolConfiguration pool, List<String> advice) {
		PoolTimers asked = pool.asked().timers();
		Duration lifetime = asked.maxLifetime();
		if (asked.keepalive().compareTo(lifetime) >= 0 && !asked.keepalive().equals(DEFAULT_KEEPALIVE)
				&& !lifetime.isZero() && pool.taken().timers().keepalive().isZero()) {
			advice.add(Advice.KEEPALIVE_OFF.with(asked.keepalive().toMillis(), lifetime.toMillis() / 2));
		}
		Duration leak = pool.asked().leakDetection();
		if (leak.compareTo(SHORTEST_TIME) >= 0 && pool.taken().leakDetection().isZero()) {
			advice.add(Advice.LEAK_DETECTION_OFF.with(leak.toMillis(), pool.taken().timers().maxLifetime().toMillis()));
		}
		Duration validation = pool.taken().validationTimeout();
		Duration borrow = pool.taken().connectionTimeout();
		if (validation.compareTo(borrow) > 0) {
			advice.add(Advice.VALIDATION_TIMEOUT.with(validation.toMillis(), borrow.toMillis()));
		}
	}

	private static void onSizes(PoolConfiguration pool, List<String> advice) {
		PoolNumbers taken = pool.taken();
		int minimum = pool.asked().minimumIdle();
		int maximum = taken.maximumPoolSize();
		if (minimum > maximum) {
			advice.add(Advice.MINIMUM_IDLE.with(minimum, maximum));
		}
		Duration idle = pool.asked().idleTimeout();
		if (idle.isZero() || idle.equals(DEFAULT_IDLE_TIMEOUT)) {
			return;
		}
		if (taken.minimumIdle() == maximum) {
			advice.add(Advice.IDLE_TIMEOUT_UNUSED.with(idle.toMillis(), maximum));
		}
		else if (taken.idleTimeout().isZero()) {
			advice.add(Advice.IDLE_TIMEOUT_OFF.with(idle.toMillis(),
					taken.timers().maxLifetime().minusSeconds(1).toMillis()));
		}
		else if (!taken.idleTimeout().equals(idle) && idle.compareTo(SHORTEST_TIME) >= 0) {
			advice.add(Advice.IDLE_TIMEOUT_REPLACED.with(idle.toMillis(), taken.idleTimeout().toMillis()));
		}
	}

	/**
	 * Advise on what only the first session of a pool shows.
	 * @param pool the configuration
	 * @param session the session
	 * @return a line for each thing to change, with the property to change
	 */
	public static List<String> on(PoolConfiguration pool, FirstSession session) {
		List<String> advice = new ArrayList<>();
		int size = pool.taken().maximumPoolSize();
		long most = session.facts().maxConnections();
		if (most > 0 && size >= most) {
			advice.add(Advice.MAX_CONNECTIONS.with(size, "server's max_connections", most));
		}
		long mostOfAccount = session.facts().maxUserConnections();
		if (mostOfAccount > 0 && size >= mostOfAccount) {
			advice.add(Advice.MAX_CONNECTIONS.with(size, "account's max_user_connections", mostOfAccount));
		}
		if (session.isOfMySqlsDriver()) {
			onMySqlsDriver(pool, session, advice);
		}
		else if (session.isOfMariaDbsDriver()) {
			onMariaDbsDriver(session, advice);
		}
		return advice;
	}

	/**
	 * Advise on what stands between a pool and its server.
	 * @param proxy what was seen
	 * @param limited whether the user has told of an idle limit on the way
	 * @return a line for each thing to change, with the property to change
	 */
	public static List<String> on(ServerProxy proxy, boolean limited) {
		return (proxy != ServerProxy.NONE_SEEN && !limited) ? List.of(Advice.PROXY.with(proxy.description()))
				: List.of();
	}

	private static void onMySqlsDriver(PoolConfiguration pool, FirstSession session, List<String> advice) {
		if (pool.isDriverProperty("cacheServerConfiguration", "true")) {
			advice.add(Advice.CACHED_CONFIGURATION.with());
		}
		boolean plain = pool.isDriverProperty("sslMode", "DISABLED")
				|| (pool.driverProperty("sslMode") == null && pool.isDriverProperty("useSSL", "false"));
		boolean knowsKey = pool.isDriverProperty("allowPublicKeyRetrieval", "true")
				|| pool.driverProperty("serverRSAPublicKeyFile") != null;
		if (plain && !knowsKey && session.facts().version() != null && !session.facts().isMariaDb()) {
			advice.add(Advice.PUBLIC_KEY.with());
		}
	}

	private static void onMariaDbsDriver(FirstSession session, List<String> advice) {
		String driver = session.driverVersion();
		String server = session.facts().version();
		if (server != null && !session.facts().isMariaDb() && Versions.isBefore(driver, MARIADB_KNOWS_MYSQL)
				&& !Versions.isBefore(server, MYSQL_LIKE_MARIADB)) {
			advice.add(Advice.MARIADB_DRIVER_ON_MYSQL.with(driver, server));
		}
		else if (Versions.isBefore(driver, MARIADB_LIMITS_IS_VALID)) {
			advice.add(Advice.MARIADB_IS_VALID.with(driver));
		}
	}

}
