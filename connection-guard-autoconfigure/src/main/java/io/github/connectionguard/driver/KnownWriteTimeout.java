package io.github.connectionguard.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.protocol.ServerSession;
import io.github.connectionguard.mysql.ServerSessionFacts;

/**
 * The {@code net_write_timeout} that MySQL Connector/J knows of a session. After a
 * streamed result, for which it sets another one, it sets the session back to that, which
 * it learned at its login, before the pool's {@code connectionInitSql}.
 */
public final class KnownWriteTimeout {

	private static final String NAME = "net_write_timeout";

	private static final DriverMethods CONNECTION = new DriverMethods("MySQL Connector/J",
			"com.mysql.cj.jdbc.JdbcConnection");

	private static final DriverMethods SESSION = new DriverMethods("MySQL Connector/J",
			"com.mysql.cj.protocol.ServerSession");

	private static final boolean CORRECTABLE = CONNECTION.orTell(
			CONNECTION.has("getSession", "Lcom/mysql/cj/Session;", "getServerSession",
					"()Lcom/mysql/cj/protocol/ServerSession;") && SESSION.has("getServerVariables", "()Ljava/util/Map;")
					&& SESSION.has("setServerVariables", "(Ljava/util/Map;)V"),
			"a streamed result leaves the net_write_timeout of its login on a session; "
					+ "netTimeoutForStreamingResults=0 keeps it from that");

	private KnownWriteTimeout() {
	}

	/**
	 * Have a connection's driver know better.
	 * @param connection the driver's connection
	 * @param facts what the session says of itself
	 * @throws SQLException if the connection cannot be unwrapped
	 */
	public static void correct(Connection connection, ServerSessionFacts facts) throws SQLException {
		if (CORRECTABLE && facts.netWriteTimeout() > 0 && connection.isWrapperFor(JdbcConnection.class)) {
			correct(connection.unwrap(JdbcConnection.class).getSession().getServerSession(),
					Long.toString(facts.netWriteTimeout()));
		}
	}

	/**
	 * The driver may share what it knows among its connections.
	 */
	private static void correct(ServerSession session, String seconds) {
		Map<String, String> known = session.getServerVariables();
		if (!seconds.equals(known.get(NAME))) {
			Map<String, String> corrected = new HashMap<>(known);
			corrected.put(NAME, seconds);
			session.setServerVariables(corrected);
		}
	}

}
