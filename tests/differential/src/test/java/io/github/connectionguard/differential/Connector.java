package io.github.connectionguard.differential;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.github.connectionguard.testsupport.TestServer;

/**
 * A driver.
 */
enum Connector {

	/**
	 * MySQL Connector/J.
	 */
	MYSQL("mysql", "DISABLED", "REQUIRED", com.mysql.cj.jdbc.JdbcConnection.class,
			com.mysql.cj.jdbc.JdbcStatement.class),

	/**
	 * MariaDB Connector/J.
	 */
	MARIADB("mariadb", "disable", "trust", org.mariadb.jdbc.Connection.class, org.mariadb.jdbc.Statement.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final String scheme;

	private final String plain;

	private final String tls;

	private final Class<? extends java.sql.Connection> connectionType;

	private final Class<? extends java.sql.Statement> statementType;

	Connector(String scheme, String plain, String tls, Class<? extends java.sql.Connection> connectionType,
			Class<? extends java.sql.Statement> statementType) {
		this.scheme = scheme;
		this.plain = plain;
		this.tls = tls;
		this.connectionType = connectionType;
		this.statementType = statementType;
	}

	/**
	 * Return a URL of this driver.
	 */
	String url(TestServer server, String database, boolean encrypted, List<String> parameters) {
		String url = server.jdbcUrl(database)
			.replace("jdbc:mysql:", "jdbc:" + this.scheme + ":")
			.replace("sslMode=DISABLED", "sslMode=" + (encrypted ? this.tls : this.plain));
		return url + "&socketTimeout=" + PATIENCE.toMillis()
				+ parameters.stream().map((parameter) -> "&" + parameter).collect(Collectors.joining());
	}

	Class<? extends java.sql.Connection> connectionType() {
		return this.connectionType;
	}

	Class<? extends java.sql.Statement> statementType() {
		return this.statementType;
	}

}
