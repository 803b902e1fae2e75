package io.github.connectionguard.hikari;

import java.util.Map;

/**
 * HikariCP's JVM-wide switches, set only while a guarded pool reads them: from the moment
 * its data source is prepared until its first connect. A switch the user has set stays as
 * it is.
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

	/**
	 * Set them for the pool that is about to start.
	 * @param looking whether to be asked costs no round trip
	 */
	void set(boolean looking) {
		set(REQUEST_BOUNDARIES);
		if (looking) {
			set(NO_BLIND_WINDOW);
		}
	}

	void clear() {
		clear(REQUEST_BOUNDARIES);
		clear(NO_BLIND_WINDOW);
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
