package io.github.connectionguard.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.testsupport.TestServer;

/**
 * The pings a server got, as it counts them itself. Needs {@code performance_schema}.
 */
public final class ServerPings {

	private static final String SQL = "SELECT t.PROCESSLIST_ID, s.COUNT_STAR FROM performance_schema.threads t "
			+ "JOIN performance_schema.events_statements_summary_by_thread_by_event_name s "
			+ "ON s.THREAD_ID = t.THREAD_ID WHERE s.EVENT_NAME = 'statement/com/Ping'";

	private ServerPings() {
	}

	/**
	 * Return how many pings each session got.
	 * @param server the server
	 * @return the counts by connection id
	 */
	public static Map<Long, Long> bySession(TestServer server) {
		Map<Long, Long> pings = new HashMap<>();
		try (Connection connection = server.connect("mysql");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(SQL)) {
			while (rows.next()) {
				pings.put(rows.getLong(1), rows.getLong(2));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return pings;
	}

	/**
	 * Return the sessions of a server.
	 * @param server the server
	 * @return their connection ids
	 */
	public static List<Long> sessions(TestServer server) {
		List<Long> sessions = new ArrayList<>();
		try (Connection connection = server.connect("mysql");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT ID FROM information_schema.processlist")) {
			while (rows.next()) {
				sessions.add(rows.getLong(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return sessions;
	}

}
