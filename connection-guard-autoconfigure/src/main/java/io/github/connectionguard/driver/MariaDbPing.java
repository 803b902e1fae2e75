package io.github.connectionguard.driver;

import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Pings through MariaDB Connector/J, whose {@code isValid} sends the ping under the
 * driver's own lock. That lock cannot be tried, so whoever calls has to know that no
 * statement runs.
 */
final class MariaDbPing implements ConnectionPing {

	private static final DriverMethods METHODS = new DriverMethods("MariaDB Connector/J", "org.mariadb.jdbc.Connection",
			"org.mariadb.jdbc.MariaDbConnection");

	private static final @Nullable MethodHandle NUMBER = METHODS.find("()J", "getThreadId", "getServerThreadId");

	static {
		METHODS.orTell(NUMBER != null, "statements that wait for an answer that will not come are not freed");
	}

	private final Connection connection;

	private MariaDbPing(Connection connection) {
		this.connection = connection;
	}

	static boolean supports(Connection connection) throws SQLException {
		Class<?> type = METHODS.type();
		return type != null && connection.isWrapperFor(type);
	}

	static ConnectionPing of(Connection connection) throws SQLException {
		return new MariaDbPing((Connection) connection.unwrap(Objects.requireNonNull(METHODS.type())));
	}

	/**
	 * Ping the server. The driver would take zero for no limit at all.
	 */
	@Override
	public Answer ping(Duration limit) {
		try {
			Duration longest = limit.isZero() ? Duration.ofMillis(this.connection.getNetworkTimeout()) : limit;
			int seconds = Math.toIntExact(longest.plusMillis(999).toSeconds());
			return this.connection.isValid(seconds) ? Answer.ALIVE : Answer.DEAD;
		}
		catch (SQLException ex) {
			return Answer.DEAD;
		}
	}

	@Override
	public long sessionNumber() {
		return (NUMBER != null) ? (long) DriverMethods.call(NUMBER, this.connection) : -1;
	}

}
