package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Asks a server about itself and its other sessions, over a session of its own. Needs no
 * privilege: every user may see the sessions of the same account.
 */
public final class ServerInquiry {

	private static final String STATUS = "SHOW GLOBAL STATUS WHERE Variable_name IN ('Uptime', 'Com_kill', "
			+ "'Threads_connected', 'Aborted_clients')";

	private static final String SESSIONS = "SHOW PROCESSLIST";

	/**
	 * ProxySQL knows this text to the letter; what differs it sends on.
	 */
	private static final String VERSION_COMMENT = "select @@version_comment limit 1";

	private static final String ATTRIBUTES = "performance_schema.session_account_connect_attrs";

	private static final String INSTANCES = "SELECT COUNT(DISTINCT i.ATTR_VALUE) FROM " + ATTRIBUTES + " i JOIN "
			+ ATTRIBUTES + " a ON a.PROCESSLIST_ID = i.PROCESSLIST_ID WHERE i.ATTR_NAME = 'instance' "
			+ "AND a.ATTR_NAME = 'program_name' AND a.ATTR_VALUE = ?";

	private final Connection connection;

	private final ServerSessionReader facts;

	private @Nullable Map<String, Long> lastStatus;

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
		ServerSessionFacts read = this.facts.read(this.connection);
		Map<String, Long> status = status();
		return new ServerReading(read, uptime(status), status.get("Com_kill"));
	}

	/**
	 * Ask how many {@code KILL} statements the server has run.
	 * @return the number since it was started, or {@code null} if it did not tell
	 * @throws SQLException if the connection is dead
	 */
	public @Nullable Long kills() throws SQLException {
		return status().get("Com_kill");
	}

	private Map<String, Long> status() throws SQLException {
		Map<String, Long> status = new HashMap<>();
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(STATUS)) {
			while (rows.next()) {
				status.put(rows.getString(1), rows.getLong(2));
			}
		}
		catch (SQLException ex) {
			throwDeath(ex);
		}
		this.lastStatus = status;
		return status;
	}

	/**
	 * Pass the death of the connection on, but not that the server does not know, as
	 * behind a proxy, or would not tell.
	 */
	private static void throwDeath(SQLException exception) throws SQLException {
		if (ConnectionErrors.isDeath(exception)) {
			throw exception;
		}
	}

	private static @Nullable Duration uptime(Map<String, Long> status) {
		Long uptime = status.get("Uptime");
		return (uptime != null) ? Duration.ofSeconds(uptime) : null;
	}

	/**
	 * Ask how many connections the server has, and which of them are of this session's
	 * user. What {@link #read()} or {@link #kills()} has asked already is not asked
	 * again.
	 * @param own the connection id of this session
	 * @return what it said
	 * @throws SQLException if the server did not answer, or would not
	 */
	public ServerLoad load(long own) throws SQLException {
		Map<String, Long> known = this.lastStatus;
		Map<String, Long> status = (known != null) ? known : status();
		return new ServerLoad(uptime(status), status.get("Threads_connected"), status.get("Aborted_clients"),
				sessionsOfUser(own));
	}

	private @Nullable UserSessions sessionsOfUser(long own) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery(SESSIONS)) {
			return UserSessions.of(rows, own);
		}
	}

	/**
	 * Ask how many instances of an application have named themselves in the attributes of
	 * this account's sessions. Needs no privilege.
	 * @param application the name of the application, as it is in the attributes
	 * @return the number, zero if the server does not tell
	 * @throws SQLException if the connection is dead
	 */
	public int instances(String application) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(INSTANCES)) {
			statement.setString(1, application);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getInt(1) : 0;
			}
		}
		catch (SQLException ex) {
			throwDeath(ex);
			return 0;
		}
	}

	/**
	 * Ask what the server calls itself, in the one way in which ProxySQL answers for it.
	 * @return the {@code version_comment}, or {@code null} if it did not tell
	 * @throws SQLException if the connection is dead
	 */
	public @Nullable String versionComment() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery(VERSION_COMMENT)) {
			return row.next() ? row.getString(1) : null;
		}
		catch (SQLException ex) {
			throwDeath(ex);
			return null;
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
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery(SESSIONS)) {
			ServerSessions sessions = ServerSessions.of(rows);
			return sessions.busy().contains(own) ? Optional.of(sessions) : Optional.empty();
		}
	}

}
