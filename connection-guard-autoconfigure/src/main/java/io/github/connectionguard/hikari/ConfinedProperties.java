package io.github.connectionguard.hikari;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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

	private static final String BLIND_WINDOW = "com.zaxxer.hikari.aliveBypassWindowMs";

	private final Set<Object> starting = new HashSet<>();

	/**
	 * Set them for a pool that is about to start.
	 * @param pool the pool
	 * @param asking which connections the pool is to ask about. Where several pools start
	 * at a time, the one counts that wants to be asked about most
	 */
	synchronized void set(Object pool, Asking asking) {
		this.starting.add(pool);
		if (System.getProperty(REQUEST_BOUNDARIES.getKey()) == null) {
			System.setProperty(REQUEST_BOUNDARIES.getKey(), REQUEST_BOUNDARIES.getValue());
		}
		if (asking.isMoreThan(System.getProperty(BLIND_WINDOW))) {
			System.setProperty(BLIND_WINDOW, asking.window);
		}
	}

	/**
	 * Clear them once no pool is about to start.
	 * @param pool a pool that is about to no more, if it was
	 */
	synchronized void clear(Object pool) {
		if (this.starting.remove(pool) && this.starting.isEmpty()) {
			if (REQUEST_BOUNDARIES.getValue().equals(System.getProperty(REQUEST_BOUNDARIES.getKey()))) {
				System.clearProperty(REQUEST_BOUNDARIES.getKey());
			}
			if (Asking.isSet(System.getProperty(BLIND_WINDOW))) {
				System.clearProperty(BLIND_WINDOW);
			}
		}
	}

	/**
	 * Which connections a pool asks about before it lends them. Spelled, in octal, as
	 * nobody else would.
	 */
	enum Asking {

		/**
		 * Those that were given back half a second ago, or as the user has set it.
		 */
		AS_IT_COMES(""),

		/**
		 * Those that were not given back within the same millisecond.
		 */
		UNLESS_HANDED_ON("00"),

		/**
		 * All.
		 */
		ALWAYS("-01");

		private final String window;

		Asking(String window) {
			this.window = window;
		}

		private boolean isMoreThan(@Nullable String set) {
			return this != AS_IT_COMES && (set == null || (this == ALWAYS && UNLESS_HANDED_ON.window.equals(set)));
		}

		private static boolean isSet(@Nullable String window) {
			return UNLESS_HANDED_ON.window.equals(window) || ALWAYS.window.equals(window);
		}

	}

}
