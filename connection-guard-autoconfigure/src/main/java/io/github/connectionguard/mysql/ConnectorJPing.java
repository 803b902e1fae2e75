package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.JdbcConnection;

/**
 * Pings through MySQL Connector/J, under the driver's own lock: {@code ping()} itself
 * takes none.
 */
final class ConnectorJPing implements ConnectionPing {

	private static final boolean PRESENT = DriverClass.isPresent("com.mysql.cj.jdbc.JdbcConnection");

	private final JdbcConnection connection;

	private ConnectorJPing(JdbcConnection connection) {
		this.connection = connection;
	}

	static boolean supports(Connection connection) throws SQLException {
		return PRESENT && connection.isWrapperFor(JdbcConnection.class);
	}

	static ConnectionPing of(Connection connection) throws SQLException {
		return new ConnectorJPing(connection.unwrap(JdbcConnection.class));
	}

	@Override
	public Answer ping(Duration limit) {
		Lock lock = this.connection.getConnectionLock();
		if (!lock.tryLock()) {
			return Answer.BUSY;
		}
		try {
			this.connection.pingInternal(true, Math.toIntExact(limit.toMillis()));
			return Answer.ALIVE;
		}
		catch (SQLException | RuntimeException ex) {
			return isDeath(ex) ? Answer.DEAD : Answer.BUSY;
		}
		finally {
			lock.unlock();
		}
	}

	@Override
	public boolean isTransactionOpen() {
		return this.connection.getSession().getServerSession().inTransactionOnServer();
	}

	@Override
	public boolean isAutoCommit() {
		return this.connection.getSession().getServerSession().isAutocommit();
	}

	@Override
	public long sessionNumber() {
		return this.connection.getSession().getThreadId();
	}

	/**
	 * An open streaming result refuses the ping without harm; anything else that ends in
	 * an exception is a broken connection, on which the driver even stumbles over its own
	 * missing socket.
	 */
	private static boolean isDeath(Exception exception) {
		String state = (exception instanceof SQLException sql) ? sql.getSQLState()
				: (exception instanceof CJException driver) ? driver.getSQLState() : null;
		return state == null || state.startsWith("08");
	}

}
