package io.github.connectionguard.driver;

import java.sql.Connection;
import java.sql.SQLException;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.jdbc.JdbcConnection;
import io.github.connectionguard.mysql.TransactionDefaults;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL Connector/J knows of the access mode and the isolation level of a session.
 * It asks the server for the former before every statement that may write, in
 * {@code execute()} and {@code executeBatch()} ({@code StatementImpl}, 9.7.0), unless
 * {@code useLocalSessionState} has it go by what it was told. Used by whoever uses the
 * connection.
 */
public final class KnownTransactionDefaults {

	private static final String ISOLATION = "transaction_isolation";

	private static final DriverMethods CONNECTION = new DriverMethods("MySQL Connector/J",
			"com.mysql.cj.jdbc.JdbcConnection");

	private static final DriverMethods SESSION = new DriverMethods("MySQL Connector/J",
			"com.mysql.cj.protocol.ServerSession");

	private static final DriverMethods PROPERTY = new DriverMethods("MySQL Connector/J",
			"com.mysql.cj.conf.RuntimeProperty");

	private static final boolean KNOWN = CONNECTION.orTell(
			CONNECTION.has("getSession", "Lcom/mysql/cj/Session;", "getServerSession",
					"()Lcom/mysql/cj/protocol/ServerSession;")
					&& SESSION.has("getServerVariables", "()Ljava/util/Map;"),
			"the isolation level is set whether or not it changes");

	private static final boolean SPARED = CONNECTION.orTell(
			CONNECTION.has("getPropertySet", "Lcom/mysql/cj/conf/PropertySet;", "getBooleanProperty",
					"(Lcom/mysql/cj/conf/PropertyKey;)Lcom/mysql/cj/conf/RuntimeProperty;")
					&& PROPERTY.has("getValue", "()Ljava/lang/Object;")
					&& PROPERTY.has("setValue", "(Ljava/lang/Object;)V"),
			"it asks for the access mode before statements that may write");

	private final RuntimeProperty<Boolean> goesByWhatItWasTold;

	private KnownTransactionDefaults(RuntimeProperty<Boolean> goesByWhatItWasTold) {
		this.goesByWhatItWasTold = goesByWhatItWasTold;
	}

	/**
	 * Return what a driver knows.
	 * @param connection the driver's connection
	 * @return what it knows, {@code null} if it is another driver or its user has it go
	 * by what it was told in any case
	 * @throws SQLException if the connection cannot be unwrapped
	 */
	public static @Nullable KnownTransactionDefaults of(Connection connection) throws SQLException {
		if (CONNECTION.type() == null || !SPARED || !connection.isWrapperFor(JdbcConnection.class)) {
			return null;
		}
		RuntimeProperty<Boolean> property = connection.unwrap(JdbcConnection.class)
			.getPropertySet()
			.getBooleanProperty(PropertyKey.useLocalSessionState);
		return property.getValue() ? null : new KnownTransactionDefaults(property);
	}

	/**
	 * Return the isolation level that a driver takes a session for, which it was not told
	 * anything.
	 * @param connection the driver's connection
	 * @param actual the level the session has
	 * @return the level the driver learned at its login, before the pool's
	 * {@code connectionInitSql}; the actual one of a driver that does not go by that, and
	 * {@code null} if it is not known
	 * @throws SQLException if the connection cannot be unwrapped
	 */
	public static @Nullable Integer isolation(Connection connection, int actual) throws SQLException {
		if (CONNECTION.type() == null || !connection.isWrapperFor(JdbcConnection.class)) {
			return actual;
		}
		return KNOWN ? TransactionDefaults.level(connection.unwrap(JdbcConnection.class)
			.getSession()
			.getServerSession()
			.getServerVariables()
			.get(ISOLATION)) : null;
	}

	/**
	 * Have the driver go by what it was told from now on, or not any more.
	 * @param told whether it does
	 */
	public void goByWhatItWasTold(boolean told) {
		this.goesByWhatItWasTold.setValue(told);
	}

}
