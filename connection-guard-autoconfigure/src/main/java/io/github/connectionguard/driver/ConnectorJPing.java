package io.github.connectionguard.driver;

import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.protocol.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * Pings through MySQL Connector/J, under the driver's own lock: {@code ping()} itself
 * takes none. Before 9.0 that is a monitor, which cannot be tried, so whoever calls has
 * to know that no statement runs.
 */
final class ConnectorJPing implements ConnectionPing {

	private static final DriverMethods METHODS = new DriverMethods("MySQL Connector/J",
			"com.mysql.cj.jdbc.JdbcConnection");

	private static final boolean LOCKED = METHODS.has("getConnectionLock", "()Ljava/util/concurrent/locks/Lock;");

	private static final @Nullable MethodHandle MONITOR = METHODS.find("()Ljava/lang/Object;", "getConnectionMutex");

	private static final boolean PINGABLE = METHODS.orTell(
			METHODS.has("pingInternal", "(ZI)V") && (LOCKED || MONITOR != null),
			"its connections are pinged by HikariCP alone");

	private static final boolean NUMBERED = METHODS.orTell(
			METHODS.has("getSession", "Lcom/mysql/cj/Session;", "getThreadId", "()J"),
			"statements that wait for an answer that will not come are not freed");

	private static final boolean STATUS_KNOWN = METHODS.orTell(
			METHODS.has("getSession", "Lcom/mysql/cj/Session;", "getServerSession",
					"()Lcom/mysql/cj/protocol/ServerSession;"),
			"with useLocalTransactionState=true it may forget that a transaction is open");

	private final JdbcConnection connection;

	private final @Nullable Object monitor;

	private ConnectorJPing(JdbcConnection connection) {
		this.connection = connection;
		this.monitor = (!LOCKED && MONITOR != null) ? DriverMethods.call(MONITOR, connection) : null;
	}

	static boolean supports(Connection connection) throws SQLException {
		return PINGABLE && connection.isWrapperFor(JdbcConnection.class);
	}

	static ConnectionPing of(Connection connection) throws SQLException {
		return new ConnectorJPing(connection.unwrap(JdbcConnection.class));
	}

	@Override
	public Answer ping(Duration limit) {
		if (this.monitor != null) {
			synchronized (this.monitor) {
				return send(limit);
			}
		}
		Lock lock = this.connection.getConnectionLock();
		if (!lock.tryLock()) {
			return Answer.BUSY;
		}
		try {
			return send(limit);
		}
		finally {
			lock.unlock();
		}
	}

	private Answer send(Duration limit) {
		try {
			pingAndKeepStatus(Math.toIntExact(limit.toMillis()));
			return Answer.ALIVE;
		}
		catch (SQLException | RuntimeException ex) {
			return isDeath(ex) ? Answer.DEAD : Answer.BUSY;
		}
	}

	/**
	 * A ping clears the driver's copy of the server's status, by which it commits with
	 * {@code useLocalTransactionState}.
	 */
	private void pingAndKeepStatus(int millis) throws SQLException {
		if (STATUS_KNOWN) {
			ServerSession session = this.connection.getSession().getServerSession();
			int status = session.getStatusFlags();
			this.connection.pingInternal(true, millis);
			session.setStatusFlags(status);
		}
		else {
			this.connection.pingInternal(true, millis);
		}
	}

	@Override
	public boolean isRefusedInAStream() {
		return true;
	}

	@Override
	public long sessionNumber() {
		return NUMBERED ? this.connection.getSession().getThreadId() : -1;
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
