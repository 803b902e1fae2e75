package io.github.connectionguard.unit;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

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
	 * @param kept told of a borrowed connection that is kept while nobody uses it
	 * @param surroundings what is around the units
	 * @return how they begin
	 */
	static Units onSharedConnection(DataSource dataSource, Consumer<Connection> kept, Surroundings surroundings) {
		UnitNotices notices = new UnitNotices(surroundings);
		return (attributes) -> BoundConnectionUnit.begin(dataSource, attributes, notices, kept, surroundings);
	}

	/**
	 * Return units that are transactions, which the application's own ones join.
	 * @param manager the transaction manager
	 * @return how they begin
	 */
	static Units asTransactions(PlatformTransactionManager manager) {
		return (attributes) -> TransactionUnit.begin(manager, attributes);
	}

	/**
	 * Return units that are transactions, which borrow at the first statement.
	 * @param dataSource lends the connections
	 * @param autoCommit the auto-commit mode in which it does
	 * @param synchronization whether callbacks of the application belong to them, as
	 * {@link AbstractPlatformTransactionManager} has it
	 * @return how they begin
	 */
	static Units asLazyTransactions(DataSource dataSource, boolean autoCommit, int synchronization) {
		JdbcTransactionManager manager = new JdbcTransactionManager(new LazyConnections(dataSource, autoCommit));
		manager.setTransactionSynchronization(synchronization);
		return (attributes) -> TransactionUnit.beginLazily(manager, dataSource, attributes);
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
