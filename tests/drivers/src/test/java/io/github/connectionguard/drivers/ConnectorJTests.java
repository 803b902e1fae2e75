package io.github.connectionguard.drivers;

import org.junit.jupiter.api.Tag;

/**
 * Tests over MySQL Connector/J.
 */
@Tag("extended")
class ConnectorJTests extends DriverTests {

	ConnectorJTests() {
		super("mysql", "sslMode=DISABLED&allowPublicKeyRetrieval=true", "com.mysql.cj.jdbc.MysqlDataSource");
	}

}
