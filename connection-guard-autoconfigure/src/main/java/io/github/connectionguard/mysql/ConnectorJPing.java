package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

import com.mysql.cj.NativeSession;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * Pings through MySQL Connector/J, under the driver's own lock: {@code ping()} itself
 * takes none.
 */
final class ConnectorJPing implements ConnectionPing {

	private static final boolean PRESENT = DriverClass.isPresent("com.mysql.cj.jdbc.JdbcConnection");

	private final JdbcConnection connection;

	private final @Nullable ChannelSocket socket;

	private ConnectorJPing(JdbcConnection connection) {
		this.connection = connection;
		this.socket = (connection.getSession() instanceof NativeSession session && session.getProtocol()
			.getSocketConnection()
			.getSocketFactory() instanceof ChannelSocketFactory factory) ? factory.socket() : null;
	}

	static boolean supports(Connection connection) throws SQLException {
		return PRESENT && connection.isWrapperFor(JdbcConnection.class);
	}

	static ConnectionPing of(Connection connection) throws SQLException {
		return new ConnectorJPing(connection.unwrap(JdbcConnection.class));
	}

	@Override
	public Answer ping(Duration limit, Duration wait) {
		Lock lock = this.connection.getConnectionLock();
		if (!acquire(lock, wait)) {
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

	/**
	 * The lock keeps a ping, whose answer would be taken for something pending, away.
	 */
	@Override
	public Answer look() {
		Lock lock = this.connection.getConnectionLock();
		if (this.socket == null || !lock.tryLock()) {
			return Answer.BUSY;
		}
		try {
			return switch (this.socket.look()) {
				case QUIET -> Answer.ALIVE;
				case PENDING -> Answer.BUSY;
				case CLOSED -> Answer.DEAD;
			};
		}
		finally {
			lock.unlock();
		}
	}

	@Override
	public boolean canLook() {
		return this.socket != null;
	}

	@Override
	public boolean isTransactionOpen() {
		return this.connection.getSession().getServerSession().inTransactionOnServer();
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

	private static boolean acquire(Lock lock, Duration wait) {
		if (wait.isZero()) {
			return lock.tryLock();
		}
		try {
			return lock.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
