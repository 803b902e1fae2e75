package io.github.connectionguard.autoconfigure;

/**
 * The names of the guard's beans that conditions ask for. To ask for a type takes a look
 * at each bean an application defines, of which a start may have to make some hundreds.
 */
public final class GuardBeans {

	/**
	 * The name of the care for the pools.
	 */
	public static final String CARE = "connectionGuardPoolCare";

	/**
	 * The name of the registry of the pools.
	 */
	public static final String POOLS = "connectionGuardPools";

	/**
	 * The name of the sessions.
	 */
	public static final String SESSIONS = "connectionGuardSessions";

	private GuardBeans() {
	}

}
