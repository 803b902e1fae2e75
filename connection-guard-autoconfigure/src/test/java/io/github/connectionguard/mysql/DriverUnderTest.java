package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.testsupport.TestServer;

/**
 * The drivers that lead to both MySQL and MariaDB.
 */
public enum DriverUnderTest {

	/**
	 * MySQL Connector/J.
	 */
	CONNECTOR_J("mysql", "DISABLED"),

	/**
	 * MariaDB Connector/J.
	 */
	MARIADB_CONNECTOR_J("mariadb", "disable");

	private final String scheme;

	private final String noTls;

	DriverUnderTest(String scheme, String noTls) {
		this.scheme = scheme;
		this.noTls = noTls;
	}

	/**
	 * Return a URL without TLS.
	 * @param host the server's host
	 * @param port the port that leads to it
	 * @param database the database to use
	 * @return the URL, to which more parameters may be added, each with its {@code &}
	 */
	public String url(String host, int port, String database) {
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

	/**
	 * Open connections until one is refused, and close them.
	 * @param connections how many to open at most
	 * @param url the URL
	 * @param user the user
	 * @param password the password
	 * @return why one was refused
	 * @throws SQLException if one cannot be closed
	 */
	static SQLException failureToOpen(int connections, String url, String user, String password) throws SQLException {
		List<Connection> open = new ArrayList<>();
		try {
			for (int i = 0; i < connections; i++) {
				open.add(DriverManager.getConnection(url, user, password));
			}
		}
		catch (SQLException ex) {
			return ex;
		}
		finally {
			for (Connection each : open) {
				each.close();
			}
		}
		throw new IllegalStateException("All were let in");
	}

}
