package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Asks a server about itself and its other sessions, over a session of its own. Needs no
 * privilege: every user may see the sessions of the same account.
 */
public final class ServerInquiry {

	private static final String UPTIME = "SHOW GLOBAL STATUS LIKE 'Uptime'";

	private static final String SESSIONS = "SHOW PROCESSLIST";

	private final Connection connection;

	private final ServerSessionReader facts;

	/**
	 * Create an inquiry.
	 * @param connection the driver's connection
	 * @param facts the reader of the session's facts
	 */
	public ServerInquiry(Connection connection, ServerSessionReader facts) {
		this.connection = connection;
		this.facts = facts;
	}

	/**
	 * Ask the server about itself.
	 * @return what it said
	 * @throws SQLException if it did not answer
	 */
	public ServerReading read() throws SQLException {
		return new ServerReading(this.facts.read(this.connection), uptime());
	}

	private @Nullable Duration uptime() throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(UPTIME)) {
			return row.next() ? Duration.ofSeconds(row.getLong(2)) : null;
		}
		catch (SQLException ex) {
			if (ConnectionErrors.isDeath(ex)) {
				throw ex;
			}
			return null; // a proxy that does not know
		}
	}

	/**
	 * Ask what the server's sessions are doing.
	 * @param own the connection id of this session. Behind a proxy that numbers sessions
	 * in its own way it is not among them, and the answer means nothing
	 * @return all sessions of this account, or empty if nobody knows
	 * @throws SQLException if the server did not answer, or would not
	 */
	public Optional<ServerSessions> sessions(long own) throws SQLException {
		Set<Long> known = new HashSet<>();
		Set<Long> busy = new HashSet<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery(SESSIONS)) {
			while (rows.next()) {
				long id = rows.getLong("Id");
				known.add(id);
				if (!"Sleep".equals(rows.getString("Command"))) {
					busy.add(id);
				}
			}
		}
		return busy.contains(own) ? Optional.of(new ServerSessions(known, busy)) : Optional.empty();
	}

}
