package io.github.connectionguard.fleet;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What one pool of this application has of a server's connections.
 *
 * @param address what is the same for all pools that lead to the same server
 * @param pool the name of the pool, which no other has
 * @param maximum the most connections the pool may have
 * @param account the {@code CURRENT_USER()} of its sessions, or {@code null} if unknown
 * @param sessions the connection ids of its sessions, as far as they are known
 */
public record PoolShare(String address, String pool, int maximum, @Nullable String account, Set<Long> sessions) {

	/**
	 * Tell whether the sessions are of an account, as far as is known.
	 */
	boolean isOf(@Nullable String other) {
		return this.account == null || this.account.equals(other);
	}

}
