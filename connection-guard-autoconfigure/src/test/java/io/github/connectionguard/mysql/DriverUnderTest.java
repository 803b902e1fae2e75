package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import io.github.connectionguard.testsupport.TestServer;

/**
 * The drivers that lead to both MySQL and MariaDB.
 */
enum DriverUnderTest {

	CONNECTOR_J("mysql", "DISABLED"), MARIADB_CONNECTOR_J("mariadb", "disable");

	private final String scheme;

	private final String noTls;

	DriverUnderTest(String scheme, String noTls) {
		this.scheme = scheme;
		this.noTls = noTls;
	}

	String url(String host, int port, String database) {
		return "jdbc:%s://%s:%d/%s?allowPublicKeyRetrieval=true&sslMode=%s".formatted(this.scheme, host, port, database,
				this.noTls);
	}

	/**
	 * Log in with all privileges.
	 * @param server the server
	 * @param port the port that leads to it
	 * @param database the database to use
	 * @param parameters more parameters of the URL, each with its {@code &}
	 * @return the connection
	 * @throws SQLException if it fails
	 */
	Connection connect(TestServer server, int port, String database, String parameters) throws SQLException {
		return DriverManager.getConnection(url(server.host(), port, database) + parameters, server.username(),
				server.password());
	}

}
