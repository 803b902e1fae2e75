package io.github.connectionguard.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The sessions of one user on a server.
 *
 * @param hosts from which host each comes, by connection id
 */
public record UserSessions(Map<Long, String> hosts) {

	private static final Pattern PORT = Pattern.compile(":\\d+$");

	/**
	 * Read the sessions of one user among all that are shown. With the privilege
	 * {@code PROCESS}, those of other users are shown, too.
	 * @param rows what {@code SHOW PROCESSLIST} tells
	 * @param own the connection id of a session of the user
	 * @return the user's sessions, or {@code null} if that one is not among all
	 * @throws SQLException if the rows cannot be read
	 */
	static @Nullable UserSessions of(ResultSet rows, long own) throws SQLException {
		Map<String, Map<Long, String>> byUser = new HashMap<>();
		String user = null;
		while (rows.next()) {
			long id = rows.getLong("Id");
			String its = Objects.requireNonNullElse(rows.getString("User"), "");
			byUser.computeIfAbsent(its, (added) -> new HashMap<>()).put(id, host(rows.getString("Host")));
			user = (id == own) ? its : user;
		}
		return (user != null) ? new UserSessions(byUser.getOrDefault(user, Map.of())) : null;
	}

	/**
	 * Return the host of a client without its port, empty if it is not told.
	 */
	private static String host(@Nullable String client) {
		return (client != null) ? PORT.matcher(client).replaceFirst("") : "";
	}

	/**
	 * Return the connection ids.
	 * @return the ids
	 */
	public Set<Long> ids() {
		return this.hosts.keySet();
	}

}
