package io.github.connectionguard.neighbours;

/**
 * Tests over MariaDB Connector/J.
 */
class MariaDbTests extends NeighbourTests {

	MariaDbTests() {
		super("mariadb", "sslMode=disable&allowPublicKeyRetrieval=true", "org.mariadb.jdbc.MariaDbDataSource");
	}

}
