package io.github.connectionguard.neighbours;

/**
 * Tests over MySQL Connector/J.
 */
class ConnectorJTests extends NeighbourTests {

	ConnectorJTests() {
		super("mysql", "sslMode=DISABLED&allowPublicKeyRetrieval=true", "com.mysql.cj.jdbc.MysqlDataSource");
	}

}
