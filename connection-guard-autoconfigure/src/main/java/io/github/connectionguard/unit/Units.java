package io.github.connectionguard.unit;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.outcome.UnitCounts;

import org.springframework.jdbc.datasource.ConnectionProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/**
 * How units of work begin.
 */
@FunctionalInterface
public interface Units {

	/**
	 * No unit ever begins.
	 */
	Units NONE = (attributes) -> UnitOfWork.NONE;

	/**
	 * Begin a unit of work on the current thread.
	 * @param attributes how it uses the database
	 * @return the unit
	 */
	UnitOfWork begin(UnitAttributes attributes);

	/**
	 * Return units that begin and end one after the other.
	 * @param all how each of them begins
	 * @return how they begin together
	 */
	static Units inOrder(List<Units> all) {
		return switch (all.size()) {
			case 0 -> NONE;
			case 1 -> all.get(0);
			default -> (attributes) -> begin(all, attributes);
		};
	}

	/**
	 * Return units in which bare statements share a connection from the first one on that
	 * may write.
	 * @param dataSource lends connections of one guarded pool
	 * @param pool that pool
	 * @param surroundings what is around the units
	 * @return how they begin
	 */
	static Units onSharedConnection(DataSource dataSource, GuardedPool pool, Surroundings surroundings) {
		UnitNotices notices = new UnitNotices(pool.leases()::keptByUnit, pool.units());
		Consumer<Connection> kept = (connection) -> pool.leases().keep(asLent(connection));
		return (attributes) -> BoundConnectionUnit.begin(dataSource, attributes, notices, kept, surroundings);
	}

	/**
	 * Return units that are transactions, which the application's own ones join.
	 * @param manager the transaction manager
	 * @param counts where they are counted
	 * @return how they begin
	 */
	static Units asTransactions(PlatformTransactionManager manager, UnitCounts counts) {
		return (attributes) -> TransactionUnit.begin(manager, attributes, counts);
	}

	/**
	 * Return units that are transactions, which borrow at the first statement.
	 * @param dataSource lends the connections
	 * @param autoCommit the auto-commit mode in which it does
	 * @param synchronization whether callbacks of the application belong to them, as
	 * {@link AbstractPlatformTransactionManager} has it
	 * @param counts where they are counted
	 * @return how they begin
	 */
	static Units asLazyTransactions(DataSource dataSource, boolean autoCommit, int synchronization, UnitCounts counts) {
		JdbcTransactionManager manager = new JdbcTransactionManager(new LazyConnections(dataSource, autoCommit));
		manager.setTransactionSynchronization(synchronization);
		return (attributes) -> TransactionUnit.beginLazily(manager, dataSource, attributes, counts);
	}

	/**
	 * A data source may have put something lazy around what the pool has lent.
	 */
	private static Connection asLent(Connection borrowed) {
		Connection current = borrowed;
		while (current instanceof ConnectionProxy proxy && current != proxy.getTargetConnection()) {
			current = proxy.getTargetConnection();
		}
		return current;
	}

	private static UnitOfWork begin(List<Units> all, UnitAttributes attributes) {
		List<UnitOfWork> begun = new ArrayList<>(all.size());
		try {
			all.forEach((units) -> begun.add(units.begin(attributes)));
		}
		catch (RuntimeException ex) {
			new UnitsInOrder(begun).end(false);
			throw ex;
		}
		return new UnitsInOrder(begun);
	}

}
