package io.github.connectionguard.unit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Ends what a session leaves open on its thread: transactions nobody completed and
 * connections nobody gave back. Thread-safe.
 */
public final class Leftovers {

	private static final Logger logger = LoggerFactory.getLogger(Leftovers.class);

	/**
	 * The package of Spring's holders, which may not be there.
	 */
	private static final String ORM = "org.springframework.orm.";

	private final GuardedPools pools;

	private final boolean reclaim;

	private final Places toldPlaces = new Places();

	/**
	 * Create the leftovers of an application's sessions.
	 * @param pools the guarded pools
	 * @param reclaim whether connections that were not given back are taken out of their
	 * pool
	 */
	public Leftovers(GuardedPools pools, boolean reclaim) {
		this.pools = pools;
		this.reclaim = reclaim;
	}

	/**
	 * Tell whether nothing is bound to the thread that it could have left.
	 * @return whether it is clean
	 */
	public static boolean isThreadClean() {
		return !TransactionSynchronizationManager.isSynchronizationActive()
				&& !TransactionSynchronizationManager.isActualTransactionActive();
	}

	/**
	 * Tell whether an entity manager, or a session of Hibernate's, is bound to the thread
	 * by Spring. It may keep a connection until it is closed.
	 * @return whether one is
	 */
	public static boolean isEntityManagerBound() {
		for (Object resource : TransactionSynchronizationManager.getResourceMap().values()) {
			if (resource.getClass().getName().startsWith(ORM)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Free the thread from a transaction that was begun and never completed, if there is
	 * one. Its connection is among those that were not given back.
	 */
	public void clearThread() {
		if (isThreadClean()) {
			return;
		}
		logger.warn("A transaction was begun during a session and neither committed nor rolled back by its end");
		new ArrayList<>(TransactionSynchronizationManager.getResourceMap().keySet())
			.forEach(TransactionSynchronizationManager::unbindResourceIfPossible);
		TransactionSynchronizationManager.clear();
	}

	/**
	 * End what is open on connections the thread borrowed and did not give back, and take
	 * them out of their pools.
	 * @param since how often the thread had borrowed before
	 * @param commit whether to commit, asked if there are any
	 * @return whether nothing was lost
	 */
	public boolean sweep(long since, BooleanSupplier commit) {
		List<OpenLease> leases = leases(since);
		if (leases.isEmpty()) {
			return true;
		}
		boolean decided = commit.getAsBoolean();
		boolean whole = true;
		for (OpenLease lease : leases) {
			whole &= end(lease, decided);
		}
		return whole;
	}

	/**
	 * Return what the thread has borrowed and not given back, which somebody else may
	 * give back yet.
	 * @param since how often the thread had borrowed before
	 * @return what it holds
	 */
	public List<OpenLease> leases(long since) {
		List<OpenLease> leases = new ArrayList<>();
		for (GuardedPool pool : this.pools.pools()) {
			pool.leases().heldByThread(since).forEach((lease) -> leases.add(new OpenLease(pool, lease)));
		}
		return leases;
	}

	/**
	 * End what is open on a connection that was not given back, and take it out of its
	 * pool. Nobody can have borrowed it meanwhile, as it is not lent again.
	 * @param open what was not given back
	 * @param commit whether to commit
	 * @return whether nothing was lost
	 */
	public boolean end(OpenLease open, boolean commit) {
		GuardedPool pool = open.pool();
		Lease lease = open.lease();
		PhysicalConnection connection = lease.connection();
		if (lease.hasEnded() || !pool.leases().isOut(connection)) {
			return true;
		}
		if (this.reclaim) {
			pool.leases().retire(connection);
			if (lease.hasEnded() || !pool.leases().isOut(connection)) {
				return true; // in the last moment
			}
		}
		Duration quiet = connection.wire().quiet();
		boolean whole = !this.reclaim || end(pool, connection, commit);
		tell(pool, lease, quiet, this.reclaim && pool.leases().reclaim(connection));
		return whole;
	}

	private boolean end(GuardedPool pool, PhysicalConnection leaked, boolean commit) {
		try {
			Connection connection = leaked.connection();
			if (connection.getAutoCommit()) {
				return true;
			}
			if (commit) {
				connection.commit();
			}
			else {
				connection.rollback();
			}
			return true;
		}
		catch (SQLException ex) {
			logger.warn("{} - Could not {} what a session left open on a connection ({})", pool,
					commit ? "commit" : "roll back", ex.getMessage());
			return !commit;
		}
	}

	private void tell(GuardedPool pool, Lease leaked, Duration quiet, boolean reclaimed) {
		Throwable borrowed = leaked.borrowedBy();
		String numbers = pool.leases().countLeak(leaked, quiet, reclaimed, Places.of(borrowed));
		if (this.toldPlaces.isNew(borrowed)) {
			logger.warn("{} - A session ended without giving back a connection it had borrowed; {}. {} {}", pool,
					reclaimed ? "its transaction was ended and it was taken out of the pool" : "it stays in use",
					(borrowed != null) ? "Told once for each place:"
							: "From now on the place will be recorded and told.",
					numbers, borrowed);
		}
	}

	/**
	 * A connection that was borrowed and not given back.
	 *
	 * @param pool whose connection it is
	 * @param lease in whose hands it is
	 */
	public record OpenLease(GuardedPool pool, Lease lease) {

	}

}
