package io.github.connectionguard.drivers;

/**
 * Tests over MariaDB Connector/J.
 */
class MariaDbTests extends DriverTests {

	MariaDbTests() {
		super("mariadb", "sslMode=disable&allowPublicKeyRetrieval=true", "org.mariadb.jdbc.MariaDbDataSource");
	}

}
