package io.github.connectionguard.advice;

import io.github.connectionguard.mysql.ServerSessionFacts;

/**
 * What the first session of a pool shows of the driver and the server.
 *
 * @param driver the driver's name
 * @param driverVersion the driver's version
 * @param facts what the session said
 */
public record FirstSession(String driver, String driverVersion, ServerSessionFacts facts) {

	boolean isOfMySqlsDriver() {
		return this.driver.startsWith("MySQL");
	}

	boolean isOfMariaDbsDriver() {
		return this.driver.startsWith("MariaDB");
	}

}
