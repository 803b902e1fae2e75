package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.ConnectionLeak;
import io.github.connectionguard.diagnosis.RetirementCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.HeldConnection;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one pool that somebody has: who, which of them are leaks, and how
 * the pool gets them back. Thread-safe.
 */
public final class PoolLeases {

	private static final String LEAKED = "(connection was leaked)";

	private final GuardedPool pool;

	private final HikariDataSource dataSource;

	private final PoolInternals internals;

	private final ConnectionReports reports;

	private final LongAdder leaks = new LongAdder();

	PoolLeases(GuardedPool pool, PoolInternals internals) {
		this.pool = pool;
		this.dataSource = pool.dataSource();
		this.internals = internals;
		this.reports = new ConnectionReports(pool.ledger());
	}

	/**
	 * Return the auto-commit mode connections are lent with.
	 * @return whether they are in auto-commit mode
	 */
	public boolean isAutoCommit() {
		return this.dataSource.isAutoCommit();
	}

	/**
	 * Return what is known of each connection that is open. Asks nobody.
	 * @return the reports
	 */
	public List<ConnectionReport> reports() {
		return this.reports.all();
	}

	/**
	 * Return the connections that somebody has, with the threads that have them. Asks
	 * nobody.
	 * @return what is held, the longest first
	 */
	public List<HeldConnection> held() {
		return this.reports.held();
	}

	/**
	 * Have the places recorded from now on where connections are borrowed, which costs a
	 * walk of the stack for each borrow.
	 */
	public void recordBorrowers() {
		this.pool.ledger().recordBorrowers();
	}

	/**
	 * Note how long a unit of work has kept a connection.
	 * @param kept the time from its first write to its end
	 */
	public void keptByUnit(Duration kept) {
		this.pool.events().counts().keptByUnit(kept);
	}

	/**
	 * Return how many statements were not sent that would have been without the guard.
	 * @return the number, which only grows
	 */
	public long spared() {
		return this.pool.ledger().spared();
	}

	/**
	 * Return the connections the current thread borrowed and still holds.
	 * @param since how many {@linkplain Lease#borrowsOfThread() borrows} of the thread
	 * went before
	 * @return the leases, usually none
	 */
	public List<Lease> heldByThread(long since) {
		if (!Lease.mayBeHeldByThread(since)) {
			return List.of();
		}
		List<Lease> held = new ArrayList<>();
		for (PhysicalConnection connection : this.pool.ledger().connections()) {
			Lease lease = connection.leaseOfThread();
			if (lease != null && lease.borrow() > since) {
				held.add(lease);
			}
		}
		return held;
	}

	/**
	 * Tell whether a connection that somebody holds is still to be given back.
	 * @param connection the connection
	 * @return whether it is, as far as the pool can be asked
	 */
	public boolean isOut(PhysicalConnection connection) {
		return connection.isHeld() && this.internals.has(this.dataSource, connection.connection());
	}

	/**
	 * Count and tell a connection that was not given back, and have the places recorded
	 * from now on where connections are borrowed.
	 * @param leaked in whose hands it is
	 * @param quiet how long the server has not been heard on it
	 * @param reclaimed whether it was taken out of the pool
	 * @param place where it was borrowed, or {@code null} if that was not recorded
	 * @return what is known of it, with what to do, for the log
	 */
	public String countLeak(Lease leaked, Duration quiet, boolean reclaimed, @Nullable String place) {
		this.leaks.increment();
		this.pool.ledger().recordBorrowers();
		ConnectionLeak leak = new ConnectionLeak(leaked.heldFor(this.pool.ledger().now()), quiet, reclaimed, place);
		String connection = leaked.connection().name();
		this.pool.events()
			.publish((name, at) -> new GuardEvent.ConnectionLeaked(name, at, connection, leak.describe(), leak.held(),
					leak.place()));
		return "%s. To do: %s".formatted(leak.numbers(), leak.remedy());
	}

	/**
	 * Return how many connections were not given back.
	 * @return the number, since the application started
	 */
	public long leaks() {
		return this.leaks.sum();
	}

	/**
	 * Have the pool raise no alarm for a connection that it has lent and that is kept
	 * beyond what its borrower needed it for.
	 * @param lent the connection, as the pool has lent it
	 */
	public void keep(Connection lent) {
		this.internals.cancelLeakDetection(lent);
	}

	/**
	 * Have a dead connection, or one that leads to where the server no longer is, lent no
	 * more: it is closed at once if it is idle, else when it is given back.
	 */
	void evict(PhysicalConnection connection) {
		if (!this.pool.isReportOnly()) {
			this.internals.evict(this.dataSource, connection.connection(), "(connection is dead)");
		}
	}

	/**
	 * Have the pool lend a connection no more, and close it when it is given back.
	 * @param connection the connection
	 */
	public void retire(PhysicalConnection connection) {
		connection.retireFor(RetirementCause.LEAKED);
		this.internals.evict(this.dataSource, connection.connection(), LEAKED);
	}

	/**
	 * Take a connection that was not given back out of the pool, so that its place is
	 * free again. The connection is closed.
	 * @param connection the connection
	 * @return whether that worked
	 */
	public boolean reclaim(PhysicalConnection connection) {
		return this.internals.reclaim(this.dataSource, connection.connection(), LEAKED);
	}

}
