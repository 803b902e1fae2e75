package io.github.connectionguard.drivers;

/**
 * Tests over MySQL Connector/J.
 */
class ConnectorJTests extends DriverTests {

	ConnectorJTests() {
		super("mysql", "sslMode=DISABLED&allowPublicKeyRetrieval=true", "com.mysql.cj.jdbc.MysqlDataSource");
	}

}
