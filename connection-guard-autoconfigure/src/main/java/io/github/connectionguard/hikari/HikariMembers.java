package io.github.connectionguard.hikari;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.pool.ProxyConnection;
import com.zaxxer.hikari.util.ConcurrentBag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of HikariCP's that no other way leads to, {@code null} if they are not as
 * expected. Looked up when the first of them is needed, which is not before a pool
 * starts: an application is slow to start where all is loaded at once.
 */
final class HikariMembers {

	private static final Logger logger = LoggerFactory.getLogger(HikariMembers.class);

	private static final String ENTRY = "com.zaxxer.hikari.pool.PoolEntry";

	private static final HikariMembers FOUND = new HikariMembers();

	final @Nullable Field bag = find(() -> HikariPool.class.getDeclaredField("connectionBag"));

	final @Nullable Method values = find(() -> ConcurrentBag.class.getMethod("values"));

	final @Nullable Field connection = find(() -> entry().getDeclaredField("connection"));

	final @Nullable Method softEvict = find(
			() -> HikariPool.class.getDeclaredMethod("softEvictConnection", entry(), String.class, boolean.class));

	final @Nullable Method markEvicted = find(() -> entry().getDeclaredMethod("markEvicted"));

	final @Nullable Method close = find(
			() -> HikariPool.class.getDeclaredMethod("closeConnection", entry(), String.class));

	final @Nullable Field requestBoundaries = find(
			() -> HikariPool.class.getDeclaredField("isRequestBoundariesEnabled"));

	final @Nullable Field threadLists = find(() -> ConcurrentBag.class.getDeclaredField("threadLocalList"));

	final @Nullable Method cancelLeakTask = find(() -> ProxyConnection.class.getDeclaredMethod("cancelLeakTask"));

	/**
	 * Look them up, and tell what is not as expected.
	 */
	private HikariMembers() {
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
		if (!knowsLists()) {
			logger.warn("HikariCP's internals are not as expected: a request that has written and borrows a second "
					+ "connection of its pool may have to wait for itself");
		}
		if (this.cancelLeakTask == null) {
			logger.warn("HikariCP's internals are not as expected: its leak-detection-threshold also reports "
					+ "connections that wait for the end of their request");
		}
	}

	boolean knowsLists() {
		return this.bag != null && this.threadLists != null && this.threadLists.getType() == ThreadLocal.class;
	}

	boolean knowsEntries() {
		return this.bag != null && this.values != null && this.connection != null;
	}

	boolean canEvict() {
		return knowsEntries() && this.softEvict != null;
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
	 * Return the members, which are looked up and told of once.
	 */
	static HikariMembers get() {
		return FOUND;
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

}
