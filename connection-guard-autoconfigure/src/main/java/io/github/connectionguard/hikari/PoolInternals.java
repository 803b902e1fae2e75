package io.github.connectionguard.hikari;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.ConcurrentBag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What HikariCP does not offer: taking one connection out of the pool, whoever has it,
 * and learning whether a pool announces its leases. The only reflection on it, tried out
 * once; where it does not work, the guard does without.
 */
final class PoolInternals {

	private static final Logger logger = LoggerFactory.getLogger(PoolInternals.class);

	private final Field bag;

	private final Field requestBoundaries;

	private final Field connection;

	private final Method markEvicted;

	private final Method softEvict;

	private final Method close;

	private PoolInternals() throws ReflectiveOperationException {
		Class<?> entry = Class.forName("com.zaxxer.hikari.pool.PoolEntry", false, HikariPool.class.getClassLoader());
		this.bag = open(HikariPool.class.getDeclaredField("connectionBag"));
		this.requestBoundaries = open(HikariPool.class.getDeclaredField("isRequestBoundariesEnabled"));
		this.connection = open(entry.getDeclaredField("connection"));
		this.markEvicted = open(entry.getDeclaredMethod("markEvicted"));
		this.softEvict = open(
				HikariPool.class.getDeclaredMethod("softEvictConnection", entry, String.class, boolean.class));
		this.close = open(HikariPool.class.getDeclaredMethod("closeConnection", entry, String.class));
	}

	/**
	 * Try out whether HikariCP's internals are as expected.
	 * @return access to them, or empty if they are not
	 */
	static Optional<PoolInternals> probe() {
		try {
			return Optional.of(new PoolInternals());
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.warn("HikariCP's internals are not as expected ({}): leaked connections will be reported, "
					+ "but not taken out of the pool", ex.toString());
			return Optional.empty();
		}
	}

	/**
	 * Evict a connection: at once if it is idle, else when it is given back.
	 * @param dataSource the pool
	 * @param evicted the connection the pool believes to be physical
	 * @param reason the reason, for the pool's log
	 * @return whether the pool had the connection
	 */
	boolean evict(HikariDataSource dataSource, Connection evicted, String reason) {
		return onEntry(dataSource, evicted, (pool, entry) -> this.softEvict.invoke(pool, entry, reason, false));
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
		return onEntry(dataSource, leaked, (pool, entry) -> {
			this.markEvicted.invoke(entry);
			this.close.invoke(pool, entry, reason);
		});
	}

	/**
	 * Tell whether a connection is one of the pool's, lent or not. One that was given
	 * back after it was evicted is not, though it is closed a moment later.
	 * @param dataSource the pool
	 * @param asked the connection the pool believes to be physical
	 * @return whether it is
	 */
	boolean has(HikariDataSource dataSource, Connection asked) {
		return onEntry(dataSource, asked, (pool, entry) -> {
		});
	}

	/**
	 * Have a running pool announce its leases.
	 * @param dataSource the pool
	 * @return whether it does, now
	 */
	boolean enableRequestBoundaries(HikariDataSource dataSource) {
		try {
			if (dataSource.getHikariPoolMXBean() instanceof HikariPool pool) {
				this.requestBoundaries.setBoolean(pool, true);
				return this.requestBoundaries.getBoolean(pool);
			}
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("{} - Could not enable request boundaries", dataSource.getPoolName(), ex);
		}
		return false;
	}

	private boolean onEntry(HikariDataSource dataSource, Connection wanted, EntryAction action) {
		if (!(dataSource.getHikariPoolMXBean() instanceof HikariPool pool)) {
			return false;
		}
		try {
			for (Object entry : entries(pool)) {
				if (this.connection.get(entry) == wanted) {
					action.run(pool, entry);
					return true;
				}
			}
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("{} - Could not take a connection out of the pool", dataSource.getPoolName(), ex);
		}
		return false;
	}

	private List<?> entries(HikariPool pool) throws ReflectiveOperationException {
		return List.copyOf(((ConcurrentBag<?>) this.bag.get(pool)).values());
	}

	private static <T extends AccessibleObject> T open(T member) {
		member.setAccessible(true);
		return member;
	}

	/**
	 * Something to do with one entry of a pool.
	 */
	@FunctionalInterface
	private interface EntryAction {

		void run(HikariPool pool, Object entry) throws ReflectiveOperationException;

	}

}
