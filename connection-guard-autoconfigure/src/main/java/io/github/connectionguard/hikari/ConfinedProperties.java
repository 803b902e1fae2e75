package io.github.connectionguard.hikari;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * HikariCP's JVM-wide switches, set only while guarded pools read them: from the moment
 * the data source of one is prepared until its first connect. A switch the user has set
 * stays as it is. Thread-safe.
 */
final class ConfinedProperties {

	/**
	 * The pool says when it lends a connection and takes it back. Spelled as nobody else
	 * would.
	 */
	private static final Map.Entry<String, String> REQUEST_BOUNDARIES = Map
		.entry("com.zaxxer.hikari.enableRequestBoundaries", "TRUE");

	/**
	 * The pool asks about every connection it lends, also one that was used a moment ago.
	 * Spelled, in octal, as nobody else would.
	 */
	private static final Map.Entry<String, String> NO_BLIND_WINDOW = Map.entry("com.zaxxer.hikari.aliveBypassWindowMs",
			"-01");

	private final Set<Object> starting = new HashSet<>();

	/**
	 * Set them for a pool that is about to start.
	 * @param pool the pool
	 * @param looking whether to be asked costs no round trip
	 */
	synchronized void set(Object pool, boolean looking) {
		this.starting.add(pool);
		set(REQUEST_BOUNDARIES);
		if (looking) {
			set(NO_BLIND_WINDOW);
		}
	}

	/**
	 * Clear them once no pool is about to start.
	 * @param pool a pool that is about to no more, if it was
	 */
	synchronized void clear(Object pool) {
		if (this.starting.remove(pool) && this.starting.isEmpty()) {
			clear(REQUEST_BOUNDARIES);
			clear(NO_BLIND_WINDOW);
		}
	}

	private static void set(Map.Entry<String, String> property) {
		if (System.getProperty(property.getKey()) == null) {
			System.setProperty(property.getKey(), property.getValue());
		}
	}

	private static void clear(Map.Entry<String, String> property) {
		if (property.getValue().equals(System.getProperty(property.getKey()))) {
			System.clearProperty(property.getKey());
		}
	}

}
