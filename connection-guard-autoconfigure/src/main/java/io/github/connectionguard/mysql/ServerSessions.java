package io.github.connectionguard.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * The sessions of one account on a server.
 *
 * @param known the connection ids of all
 * @param busy the connection ids of those that are not asleep
 * @param killed the connection ids of those that were killed and are about to end
 */
public record ServerSessions(Set<Long> known, Set<Long> busy, Set<Long> killed) {

	/**
	 * Read the sessions.
	 * @param rows what {@code SHOW PROCESSLIST} tells
	 * @return the sessions
	 * @throws SQLException if the rows cannot be read
	 */
	static ServerSessions of(ResultSet rows) throws SQLException {
		Set<Long> known = new HashSet<>();
		Set<Long> busy = new HashSet<>();
		Set<Long> killed = new HashSet<>();
		while (rows.next()) {
			long id = rows.getLong("Id");
			known.add(id);
			String command = rows.getString("Command");
			if (!"Sleep".equals(command)) {
				busy.add(id);
			}
			if ("Killed".equals(command)) {
				killed.add(id);
			}
		}
		return new ServerSessions(known, busy, killed);
	}

	/**
	 * Tell whether a session is there to stay.
	 * @param connectionId its connection id
	 * @return whether it is known and was not killed
	 */
	public boolean isAlive(long connectionId) {
		return this.known.contains(connectionId) && !this.killed.contains(connectionId);
	}

}
