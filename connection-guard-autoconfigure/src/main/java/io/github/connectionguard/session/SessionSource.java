package io.github.connectionguard.session;

import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.connectionguard.datasource.ConnectionOrigin;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.outcome.UnitCounts;
import io.github.connectionguard.session.SessionDecision.Manager;
import io.github.connectionguard.unit.Units;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/**
 * What a session may have a unit of work on: a data source, and who manages its
 * transactions.
 *
 * @param dataSource the data source, {@code null} if the manager does not tell
 * @param origin where the connections of the data source come from
 * @param manager the transaction manager, {@code null} if there is none
 */
record SessionSource(@Nullable DataSource dataSource, ConnectionOrigin origin,
		@Nullable PlatformTransactionManager manager) {

	private static final ConnectionOrigin UNKNOWN = new ConnectionOrigin(null, null);

	/**
	 * Return what a transaction manager manages.
	 */
	static SessionSource of(@Nullable PlatformTransactionManager manager, GuardedPools pools) {
		DataSource dataSource = (manager != null) ? dataSourceOf(manager) : null;
		return new SessionSource(dataSource, (dataSource != null) ? ConnectionOrigin.of(dataSource, pools) : UNKNOWN,
				manager);
	}

	/**
	 * Return a data source with the manager of its transactions. Where it has several,
	 * one that is not Spring's own for JDBC counts, as a bound connection would be in its
	 * way; where it has none, one can be made.
	 */
	static SessionSource of(DataSource named, Stream<PlatformTransactionManager> managers, GuardedPools pools) {
		DataSource dataSource = key(named);
		List<PlatformTransactionManager> its = managers.filter((manager) -> dataSourceOf(manager) == dataSource)
			.toList();
		PlatformTransactionManager manager = its.stream()
			.filter((candidate) -> !isJdbc(candidate))
			.findFirst()
			.orElseGet(() -> its.isEmpty() ? new JdbcTransactionManager(dataSource) : its.get(0));
		return new SessionSource(dataSource, ConnectionOrigin.of(dataSource, pools), manager);
	}

	/**
	 * Return what connections of a data source are bound to: transaction managers look
	 * through what is aware of their transactions.
	 */
	private static DataSource key(DataSource dataSource) {
		DataSource target = (dataSource instanceof TransactionAwareDataSourceProxy aware) ? aware.getTargetDataSource()
				: null;
		return (target != null) ? target : dataSource;
	}

	/**
	 * Any manager that tells its data source does so as Spring's do, for JDBC and JPA.
	 */
	private static @Nullable DataSource dataSourceOf(PlatformTransactionManager manager) {
		if (manager instanceof DataSourceTransactionManager jdbc) {
			return jdbc.getDataSource();
		}
		BeanWrapperImpl properties = new BeanWrapperImpl(manager);
		return (properties.isReadableProperty("dataSource")
				&& properties.getPropertyValue("dataSource") instanceof DataSource dataSource) ? dataSource : null;
	}

	private static boolean isJdbc(@Nullable PlatformTransactionManager manager) {
		return manager != null && (manager.getClass() == JdbcTransactionManager.class
				|| manager.getClass() == DataSourceTransactionManager.class);
	}

	/**
	 * Return the guarded pool that all connections come from, {@code null} if there is no
	 * such pool.
	 */
	@Nullable GuardedPool pool() {
		return this.origin.pool();
	}

	Manager kind() {
		if (this.manager == null) {
			return Manager.NONE;
		}
		if (!isJdbc(this.manager)) {
			return Manager.OTHER;
		}
		if (this.origin.doubt() != null) {
			return Manager.JDBC_ANYWHERE;
		}
		return (pool() != null) ? Manager.JDBC : Manager.JDBC_ELSEWHERE;
	}

	/**
	 * Tell whether a transaction of the manager borrows a connection at its begin.
	 */
	boolean isBorrowedAtBegin() {
		return this.dataSource != null && !isJdbc(this.manager)
				&& !(this.dataSource instanceof LazyConnectionDataSourceProxy);
	}

	/**
	 * Return how units of work on this source begin in a mode, if it is the first one.
	 */
	Units unitsIn(SessionMode mode) {
		return unitsIn(mode, AbstractPlatformTransactionManager.SYNCHRONIZATION_ALWAYS);
	}

	/**
	 * Return how units of work on this source begin in a mode, if they begin and end
	 * before those on the first one, which callbacks of the application belong to.
	 */
	Units otherUnitsIn(SessionMode mode) {
		return unitsIn(mode, AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
	}

	private Units unitsIn(SessionMode mode, int synchronization) {
		DataSource source = this.dataSource;
		GuardedPool pool = pool();
		PlatformTransactionManager own = this.manager;
		if (mode == SessionMode.UNIT && source != null && pool != null) {
			return Units.onSharedConnection(source, pool, SessionsOfThread.SURROUNDINGS);
		}
		if (mode == SessionMode.TRANSACTION && own != null) {
			UnitCounts counts = (pool != null) ? pool.units() : new UnitCounts();
			return (source != null && pool != null && isJdbc(own))
					? Units.asLazyTransactions(source, pool.leases().isAutoCommit(), synchronization, counts)
					: Units.asTransactions(own, counts);
		}
		return Units.NONE;
	}

}
