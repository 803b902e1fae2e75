package io.github.connectionguard.hikari;

/**
 * HikariCP's JVM-wide switches, set only while a guarded pool reads them: from the moment
 * its data source is prepared until its first connect. A switch the user has set stays as
 * it is.
 */
final class ConfinedProperties {

	private static final String REQUEST_BOUNDARIES = "com.zaxxer.hikari.enableRequestBoundaries";

	/**
	 * As good as {@code "true"} for HikariCP, and not what anybody else would write.
	 */
	private static final String OURS = "TRUE";

	void set() {
		if (System.getProperty(REQUEST_BOUNDARIES) == null) {
			System.setProperty(REQUEST_BOUNDARIES, OURS);
		}
	}

	void clear() {
		if (OURS.equals(System.getProperty(REQUEST_BOUNDARIES))) {
			System.clearProperty(REQUEST_BOUNDARIES);
		}
	}

}
