package io.github.connectionguard.mysql;

import java.util.Set;

/**
 * The sessions of one account on a server.
 *
 * @param known the connection ids of all
 * @param busy the connection ids of those that are not asleep
 */
public record ServerSessions(Set<Long> known, Set<Long> busy) {

}
