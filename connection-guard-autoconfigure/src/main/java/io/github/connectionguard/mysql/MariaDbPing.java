package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import org.mariadb.jdbc.util.constants.ServerStatus;

/**
 * Pings through MariaDB Connector/J, whose {@code isValid} sends the ping under the
 * driver's own lock. That lock cannot be tried, so whoever calls has to know that no
 * statement runs.
 */
final class MariaDbPing implements ConnectionPing {

	private static final boolean PRESENT = DriverClass.isPresent("org.mariadb.jdbc.Connection");

	private final org.mariadb.jdbc.Connection connection;

	private MariaDbPing(org.mariadb.jdbc.Connection connection) {
		this.connection = connection;
	}

	static boolean supports(Connection connection) throws SQLException {
		return PRESENT && connection.isWrapperFor(org.mariadb.jdbc.Connection.class);
	}

	static ConnectionPing of(Connection connection) throws SQLException {
		return new MariaDbPing(connection.unwrap(org.mariadb.jdbc.Connection.class));
	}

	@Override
	public Answer ping(Duration limit) {
		try {
			int seconds = Math.toIntExact(limit.plusMillis(999).toSeconds());
			return this.connection.isValid(seconds) ? Answer.ALIVE : Answer.DEAD;
		}
		catch (SQLException ex) {
			return Answer.DEAD;
		}
	}

	@Override
	public boolean isTransactionOpen() {
		return is(ServerStatus.IN_TRANSACTION);
	}

	@Override
	public boolean isAutoCommit() {
		return is(ServerStatus.AUTOCOMMIT);
	}

	@Override
	public long sessionNumber() {
		return this.connection.getContext().getThreadId();
	}

	private boolean is(short status) {
		return (this.connection.getContext().getServerStatus() & status) != 0;
	}

}
