package io.github.connectionguard.hikari;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.pool.ProxyConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What HikariCP does not offer: taking one connection out of the pool, whoever has it,
 * having one kept without an alarm, learning whether a pool announces its leases and who
 * asks, and switches for some pools alone. Without a part of what is looked up for that,
 * the guard does without what needs that part.
 */
final class PoolInternals {

	private static final Logger logger = LoggerFactory.getLogger(PoolInternals.class);

	private static final String KEEPALIVE_TASK = "com.zaxxer.hikari.pool.HikariPool$KeepaliveTask";

	private static final String HOUSEKEEPER = ":housekeeper";

	private static final int DEPTH = 12;

	private final ConfinedProperties properties = new ConfinedProperties();

	/**
	 * Return the switches that all pools of the JVM read when they start.
	 * @return the switches
	 */
	ConfinedProperties properties() {
		return this.properties;
	}

	/**
	 * Evict a connection: at once if it is idle, else when it is given back.
	 * @param dataSource the pool
	 * @param evicted the connection the pool believes to be physical
	 * @param reason the reason, for the pool's log
	 */
	void evict(HikariDataSource dataSource, Connection evicted, String reason) {
		Method softEvict = HikariMembers.get().softEvict;
		if (softEvict != null) {
			onEntry(dataSource, evicted, (pool, entry) -> softEvict.invoke(pool, entry, reason, false));
		}
	}

	/**
	 * Close a connection that somebody holds and never gives back, and free its place. A
	 * late {@code close()} by the holder does nothing.
	 * @param dataSource the pool
	 * @param leaked the connection the pool believes to be physical
	 * @param reason the reason, for the pool's log
	 * @return whether the pool had the connection
	 */
	boolean reclaim(HikariDataSource dataSource, Connection leaked, String reason) {
		Method markEvicted = HikariMembers.get().markEvicted;
		Method close = HikariMembers.get().close;
		return markEvicted != null && close != null && onEntry(dataSource, leaked, (pool, entry) -> {
			markEvicted.invoke(entry);
			close.invoke(pool, entry, reason);
		});
	}

	/**
	 * Tell whether a connection is one of the pool's, lent or not. One that was given
	 * back after it was evicted is not, though it is closed a moment later.
	 * @param dataSource the pool
	 * @param asked the connection the pool believes to be physical
	 * @return whether it is, as far as the pool can be asked
	 */
	boolean has(HikariDataSource dataSource, Connection asked) {
		return !HikariMembers.get().knowsEntries() || onEntry(dataSource, asked, (pool, entry) -> {
		});
	}

	/**
	 * Have the pool not report a connection that it has lent as leaked.
	 * @param lent the connection as it was lent
	 */
	void cancelLeakDetection(Connection lent) {
		Method cancel = HikariMembers.get().cancelLeakTask;
		if (cancel != null && lent instanceof ProxyConnection) {
			try {
				cancel.invoke(lent);
			}
			catch (ReflectiveOperationException ex) {
				logger.debug("Could not switch off the detection of a leak", ex);
			}
		}
	}

	/**
	 * Have a running pool announce its leases.
	 * @param dataSource the pool
	 * @return whether it does, now
	 */
	boolean enableRequestBoundaries(HikariDataSource dataSource) {
		try {
			Field boundaries = HikariMembers.get().requestBoundaries;
			if (boundaries != null && dataSource.getHikariPoolMXBean() instanceof HikariPool pool) {
				boundaries.setBoolean(pool, true);
				return boundaries.getBoolean(pool);
			}
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("{} - Could not enable request boundaries", dataSource.getPoolName(), ex);
		}
		return false;
	}

	/**
	 * Have somebody told when the current thread is about to borrow from the pool.
	 * @param dataSource the pool
	 * @param told who is told
	 * @return ends that
	 */
	@SuppressWarnings("unchecked")
	Runnable beforeBorrows(HikariDataSource dataSource, Runnable told) {
		try {
			HikariMembers members = HikariMembers.get();
			if (members.knowsLists() && members.bag != null && members.threadLists != null
					&& dataSource.getHikariPoolMXBean() instanceof HikariPool pool) {
				return BorrowNotice.begin((ThreadLocal<List<Object>>) members.threadLists.get(members.bag.get(pool)),
						told);
			}
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("{} - Could not ask to be told of borrows", dataSource.getPoolName(), ex);
		}
		return () -> {
		};
	}

	/**
	 * Tell whether the current thread runs a keepalive task of a pool, which asks
	 * {@code isValid} of a connection that nobody holds, as a borrow does. HikariCP names
	 * its own housekeeper; with the user's threads, and for a copy of a pool that has not
	 * started itself, only the stack tells.
	 * @param dataSource the pool
	 * @return whether it does
	 */
	static boolean isKeepaliveCaller(HikariDataSource dataSource) {
		String pool = dataSource.getPoolName();
		if (pool != null && dataSource.getScheduledExecutor() == null && dataSource.getThreadFactory() == null) {
			String name = Thread.currentThread().getName();
			return name.length() == pool.length() + HOUSEKEEPER.length() && name.startsWith(pool)
					&& name.endsWith(HOUSEKEEPER);
		}
		return StackWalker.getInstance()
			.walk((frames) -> frames.limit(DEPTH).map(StackFrame::getClassName).anyMatch(KEEPALIVE_TASK::equals));
	}

	private boolean onEntry(HikariDataSource dataSource, Connection wanted, EntryAction action) {
		if (!(dataSource.getHikariPoolMXBean() instanceof HikariPool pool)) {
			return false;
		}
		try {
			HikariMembers members = HikariMembers.get();
			if (members.bag != null && members.values != null && members.connection != null) {
				for (Object entry : List.copyOf((List<?>) members.values.invoke(members.bag.get(pool)))) {
					if (members.connection.get(entry) == wanted) {
						action.run(pool, entry);
						return true;
					}
				}
			}
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("{} - Could not take a connection out of the pool", dataSource.getPoolName(), ex);
		}
		return false;
	}

	/**
	 * Something to do with one entry of a pool.
	 */
	@FunctionalInterface
	private interface EntryAction {

		void run(HikariPool pool, Object entry) throws ReflectiveOperationException;

	}

}
