package io.github.connectionguard.hikari;

import java.lang.StackWalker.StackFrame;

import com.zaxxer.hikari.HikariDataSource;

/**
 * Tells a pool's keepalive from a borrow: both ask {@code isValid} of a connection that
 * nobody holds.
 */
final class KeepaliveCaller {

	private static final String TASK = "com.zaxxer.hikari.pool.HikariPool$KeepaliveTask";

	private static final String HOUSEKEEPER = ":housekeeper";

	private static final int DEPTH = 12;

	private KeepaliveCaller() {
	}

	/**
	 * Tell whether the current thread runs a keepalive task of a pool. HikariCP names its
	 * own housekeeper; with the user's threads, and for a copy of a pool that has not
	 * started itself, only the stack tells.
	 */
	static boolean isCurrentThread(HikariDataSource dataSource) {
		String pool = dataSource.getPoolName();
		if (pool != null && dataSource.getScheduledExecutor() == null && dataSource.getThreadFactory() == null) {
			String name = Thread.currentThread().getName();
			return name.length() == pool.length() + HOUSEKEEPER.length() && name.startsWith(pool)
					&& name.endsWith(HOUSEKEEPER);
		}
		return StackWalker.getInstance()
			.walk((frames) -> frames.limit(DEPTH).map(StackFrame::getClassName).anyMatch(TASK::equals));
	}

}
