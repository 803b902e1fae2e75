package io.github.connectionguard.mysql;

import java.util.Map;
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
	 * Return the host of a client without its port.
	 * @param client the client as {@code SHOW PROCESSLIST} tells it, or {@code null}
	 * @return the host, empty if it is not told
	 */
	static String host(@Nullable String client) {
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
