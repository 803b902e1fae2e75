package io.github.connectionguard.mysql;

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
	 * Tell whether a session is there to stay.
	 * @param connectionId its connection id
	 * @return whether it is known and was not killed
	 */
	public boolean isAlive(long connectionId) {
		return this.known.contains(connectionId) && !this.killed.contains(connectionId);
	}

}
