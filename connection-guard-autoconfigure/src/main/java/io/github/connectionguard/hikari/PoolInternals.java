package io.github.connectionguard.hikari;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.pool.ProxyConnection;
import com.zaxxer.hikari.util.ConcurrentBag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What HikariCP does not offer: taking one connection out of the pool, whoever has it,
 * having one kept without an alarm, learning whether a pool announces its leases and who
 * asks, and switches for some pools alone. The only reflection on it, looked up once;
 * without a part of it, the guard does without what needs that part.
 */
final class PoolInternals {

	private static final Logger logger = LoggerFactory.getLogger(PoolInternals.class);

	private static final String ENTRY = "com.zaxxer.hikari.pool.PoolEntry";

	private static final String KEEPALIVE_TASK = "com.zaxxer.hikari.pool.HikariPool$KeepaliveTask";

	private static final String HOUSEKEEPER = ":housekeeper";

	private static final int DEPTH = 12;

	private final @Nullable Field bag = find(() -> HikariPool.class.getDeclaredField("connectionBag"));

	private final @Nullable Method values = find(() -> ConcurrentBag.class.getMethod("values"));

	private final @Nullable Field connection = find(() -> entry().getDeclaredField("connection"));

	private final @Nullable Method softEvict = find(
			() -> HikariPool.class.getDeclaredMethod("softEvictConnection", entry(), String.class, boolean.class));

	private final @Nullable Method markEvicted = find(() -> entry().getDeclaredMethod("markEvicted"));

	private final @Nullable Method close = find(
			() -> HikariPool.class.getDeclaredMethod("closeConnection", entry(), String.class));

	private final @Nullable Field requestBoundaries = find(
			() -> HikariPool.class.getDeclaredField("isRequestBoundariesEnabled"));

	private final @Nullable Field threadLists = find(() -> ConcurrentBag.class.getDeclaredField("threadLocalList"));

	private final @Nullable Method cancelLeakTask = find(
			() -> ProxyConnection.class.getDeclaredMethod("cancelLeakTask"));

	private final ConfinedProperties properties = new ConfinedProperties();

	/**
	 * Look HikariCP's internals up, and tell what is not as expected.
	 */
	PoolInternals() {
		if (!knowsEntries() || this.markEvicted == null || this.close == null) {
			logger.warn("HikariCP's internals are not as expected: leaked connections are reported, but not taken out "
					+ "of the pool");
		}
		if (!canEvict()) {
			logger.warn("HikariCP's internals are not as expected: connections that die in use are evicted at once, "
					+ "and those to a server that was replaced when they are borrowed next");
		}
		if (this.requestBoundaries == null) {
			logger
				.warn("HikariCP's internals are not as expected: a pool that another one has kept from announcing its "
						+ "leases is not kept alive");
		}
		if (this.bag == null || !isThreadLocal(this.threadLists)) {
			logger.warn("HikariCP's internals are not as expected: a request that has written and borrows a second "
					+ "connection of its pool may have to wait for itself");
		}
		if (this.cancelLeakTask == null) {
			logger.warn("HikariCP's internals are not as expected: its leak-detection-threshold also reports "
					+ "connections that wait for the end of their request");
		}
	}

	private static boolean isThreadLocal(@Nullable Field field) {
		return field != null && field.getType() == ThreadLocal.class;
	}

	private boolean knowsEntries() {
		return this.bag != null && this.values != null && this.connection != null;
	}

	/**
	 * Return the switches that all pools of the JVM read when they start.
	 * @return the switches
	 */
	ConfinedProperties properties() {
		return this.properties;
	}

	/**
	 * Tell whether one connection can be evicted.
	 * @return whether it can
	 */
	boolean canEvict() {
		return knowsEntries() && this.softEvict != null;
	}

	/**
	 * Evict a connection: at once if it is idle, else when it is given back.
	 * @param dataSource the pool
	 * @param evicted the connection the pool believes to be physical
	 * @param reason the reason, for the pool's log
	 */
	void evict(HikariDataSource dataSource, Connection evicted, String reason) {
		Method softEvict = this.softEvict;
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
		Method markEvicted = this.markEvicted;
		Method close = this.close;
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
		return !knowsEntries() || onEntry(dataSource, asked, (pool, entry) -> {
		});
	}

	/**
	 * Have the pool not report a connection that it has lent as leaked.
	 * @param lent the connection as it was lent
	 */
	void cancelLeakDetection(Connection lent) {
		Method cancel = this.cancelLeakTask;
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
			if (this.requestBoundaries != null && dataSource.getHikariPoolMXBean() instanceof HikariPool pool) {
				this.requestBoundaries.setBoolean(pool, true);
				return this.requestBoundaries.getBoolean(pool);
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
			Field bag = this.bag;
			Field lists = this.threadLists;
			if (bag != null && lists != null && isThreadLocal(lists)
					&& dataSource.getHikariPoolMXBean() instanceof HikariPool pool) {
				return BorrowNotice.begin((ThreadLocal<List<Object>>) lists.get(bag.get(pool)), told);
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
			if (this.bag != null && this.values != null && this.connection != null) {
				for (Object entry : List.copyOf((List<?>) this.values.invoke(this.bag.get(pool)))) {
					if (this.connection.get(entry) == wanted) {
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

	private static Class<?> entry() throws ClassNotFoundException {
		return Class.forName(ENTRY, false, HikariPool.class.getClassLoader());
	}

	private static <T extends AccessibleObject> @Nullable T find(Lookup<T> lookup) {
		try {
			T member = lookup.run();
			member.setAccessible(true);
			return member;
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			logger.debug("HikariCP's internals are not as expected", ex);
			return null;
		}
	}

	/**
	 * Looks a member up.
	 *
	 * @param <T> the kind of member
	 */
	@FunctionalInterface
	private interface Lookup<T> {

		T run() throws ReflectiveOperationException;

	}

	/**
	 * Something to do with one entry of a pool.
	 */
	@FunctionalInterface
	private interface EntryAction {

		void run(HikariPool pool, Object entry) throws ReflectiveOperationException;

	}

}
