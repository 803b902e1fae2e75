package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.lifetime.Deadline;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.HeldConnection;
import io.github.connectionguard.transaction.WorkInProgress;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one moment of the connections in a ledger. Asks nobody. Thread-safe.
 */
final class ConnectionReports {

	private final ConnectionLedger ledger;

	ConnectionReports(ConnectionLedger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Return what is known of each connection that is open.
	 */
	List<ConnectionReport> all() {
		return this.ledger.connections().stream().map(this::report).toList();
	}

	private ConnectionReport report(PhysicalConnection connection) {
		Lease lease = connection.lease();
		ServerSessionFacts facts = connection.facts();
		Duration age = connection.age();
		Duration quiet = connection.wire().quiet();
		return new ConnectionReport(connection.name(), number(facts), age, quiet,
				(lease != null) ? lease.holder().getName() : null,
				(lease != null) ? lease.heldFor(this.ledger.now()) : Duration.ZERO,
				(lease != null) ? lease.request() : null,
				lease != null && WorkInProgress.on(connection.connection()).hasWorked(), connection.isSuperseded(),
				connection.plan(), deadline(connection.plan(), facts, lease != null, age, quiet));
	}

	/**
	 * Return the session's number, which that of another session does not know.
	 */
	private static @Nullable Long number(@Nullable ServerSessionFacts facts) {
		return (facts != null && facts.connectionId() > 0) ? facts.connectionId() : null;
	}

	private static @Nullable Deadline deadline(@Nullable LifetimePlan plan, @Nullable ServerSessionFacts facts,
			boolean held, Duration age, Duration quiet) {
		if (plan == null) {
			return null;
		}
		return held ? Deadline.ofHeld(plan, (facts != null) ? facts.limits().idleTransaction() : null, quiet)
				: Deadline.ofIdle(plan, age, quiet);
	}

	/**
	 * Return the connections that somebody has, the longest held first.
	 */
	List<HeldConnection> held() {
		long now = this.ledger.now();
		List<HeldConnection> held = new ArrayList<>();
		for (PhysicalConnection connection : this.ledger.connections()) {
			Lease lease = connection.lease();
			if (lease != null) {
				held.add(new HeldConnection(connection.name(), lease.holder(), lease.heldFor(now), lease.request(),
						lease.borrowedBy()));
			}
		}
		held.sort(Comparator.comparing(HeldConnection::heldFor).reversed());
		return held;
	}

}
