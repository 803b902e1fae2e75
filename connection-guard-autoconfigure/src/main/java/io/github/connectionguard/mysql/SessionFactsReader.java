package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.ServerLimits;

/**
 * Reads the facts of a session in one statement. Needs no privilege. Thread-safe; one
 * instance serves all connections of a pool.
 */
public final class SessionFactsReader {

	private static final String LIMITS = "SELECT @@session.wait_timeout, @@global.wait_timeout, "
			+ "@@global.interactive_timeout, CONNECTION_ID()";

	private static final String MYSQL = LIMITS
			+ ", @@server_uuid, @@version, @@global.read_only OR @@global.super_read_only, @@global.max_connections";

	private static final String MARIADB = LIMITS
			+ ", @@global.server_uid, @@version, @@global.read_only, @@global.max_connections";

	private volatile boolean limitsOnly;

	/**
	 * Read the facts of a session.
	 * @param connection the driver's connection
	 * @return the facts
	 * @throws SQLException if the connection is dead or the server refuses even to tell
	 * its limits
	 */
	public SessionFacts read(Connection connection) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		String product = metaData.getDatabaseProductName();
		if (!this.limitsOnly) {
			try {
				return query(connection, product, isMariaDb(metaData) ? MARIADB : MYSQL);
			}
			catch (SQLException ex) {
				if (ConnectionErrors.isDeath(ex)) {
					throw ex;
				}
				this.limitsOnly = true; // an old server or a proxy that lacks a variable
			}
		}
		return query(connection, product, LIMITS);
	}

	private static SessionFacts query(Connection connection, String product, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			ServerLimits limits = limits(row.getLong(1), row.getLong(2), row.getLong(3));
			if (row.getMetaData().getColumnCount() == 4) {
				return new SessionFacts(limits, row.getLong(4), product, null, null, false, 0);
			}
			return new SessionFacts(limits, row.getLong(4), product, row.getString(5), row.getString(6),
					row.getBoolean(7), row.getLong(8));
		}
	}

	private static ServerLimits limits(long session, long global, long interactive) {
		LimitSource source = (session == global) ? LimitSource.GLOBAL
				: (session == interactive) ? LimitSource.INTERACTIVE : LimitSource.SESSION;
		return new ServerLimits(Duration.ofSeconds(session), source);
	}

	private static boolean isMariaDb(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDatabaseProductName().contains("MariaDB")
				|| metaData.getDatabaseProductVersion().contains("MariaDB");
	}

}
