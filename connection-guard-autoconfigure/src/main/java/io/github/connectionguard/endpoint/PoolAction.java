package io.github.connectionguard.endpoint;

import java.util.Locale;

/**
 * What can be done to a pool.
 */
enum PoolAction {

	/**
	 * Ping all idle connections.
	 */
	PING,

	/**
	 * Replace all connections.
	 */
	REPLACE,

	/**
	 * Forget what the network was learned to allow.
	 */
	FORGET_LIMIT,

	/**
	 * Record the places from now on where connections are borrowed.
	 */
	RECORD_BORROWS,

	/**
	 * Tell what the threads do that hold connections or wait for one.
	 */
	STACKS;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
