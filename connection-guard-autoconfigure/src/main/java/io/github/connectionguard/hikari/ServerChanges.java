package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.RetirementCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.ServerReading.Change;
import io.github.connectionguard.mysql.ServerSessionFacts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the connections that lead to where the server no longer is out of the pool, each
 * once. Thread-safe.
 */
final class ServerChanges {

	private static final Logger logger = LoggerFactory.getLogger(ServerChanges.class);

	/**
	 * How often connections may turn out to lead elsewhere although their server has the
	 * same identity.
	 */
	private static final Duration ONCE = Duration.ofMinutes(1);

	private final GuardedPool pool;

	private final ConnectionLedger ledger;

	private volatile boolean suspected;

	private volatile boolean mixed;

	private volatile @Nullable Long foundElsewhere;

	ServerChanges(GuardedPool pool) {
		this.pool = pool;
		this.ledger = pool.ledger();
	}

	/**
	 * Note that something happened which a change of the server would explain.
	 */
	void suspect() {
		this.suspected = true;
	}

	/**
	 * Note what a new connection says. Several servers at a time, without anything that
	 * would explain it, are behind one address: which of them answers means nothing.
	 */
	void ready(ServerSessionFacts facts) {
		if (!this.suspected) {
			this.mixed = this.ledger.connections()
				.stream()
				.filter((other) -> !other.isSuperseded())
				.map(PhysicalConnection::facts)
				.filter(Objects::nonNull)
				.anyMatch((other) -> !Objects.equals(other.serverId(), facts.serverId()));
		}
	}

	/**
	 * Evict what is older than a change. All of it is marked first, as the pool opens new
	 * connections while it closes old ones, which do not make two servers of one.
	 * @param reading what the server says now
	 * @param asked the reading of the ledger's clock before it was asked
	 * @return whether anything had changed
	 */
	boolean settle(ServerReading reading, long asked) {
		boolean suspicion = this.suspected && !this.mixed;
		this.suspected = false;
		Long refused = refusalElsewhere(reading, asked);
		Change found = Change.NONE;
		List<PhysicalConnection> outdated = new ArrayList<>();
		for (PhysicalConnection connection : this.ledger.connections()) {
			Change change = change(reading, connection, suspicion);
			if (change == Change.NONE && refused != null && isElsewhere(connection, refused)) {
				change = Change.REPLACED;
			}
			if (change != Change.NONE && connection.supersede(cause(change))) {
				found = change;
				outdated.add(connection);
			}
		}
		outdated.forEach(this.pool.leases()::evict);
		if (!outdated.isEmpty()) {
			tell(describe(found), outdated.size());
		}
		return found != Change.NONE;
	}

	private void tell(String change, int evicted) {
		boolean left = this.pool.isReportOnly();
		logger.info("{} - The server {}: {} connections to what was there before are {}", this.pool, change, evicted,
				left ? "left as they are" : "replaced");
		this.pool.events().publish((name, at) -> new GuardEvent.ServerChanged(name, at, change, left ? 0 : evicted));
	}

	private Change change(ServerReading reading, PhysicalConnection connection, boolean suspicion) {
		ServerSessionFacts facts = connection.facts();
		Change change = (facts != null) ? reading.since(facts, connection.age()) : Change.NONE;
		return (change == Change.REPLACED && !suspicion) ? Change.NONE : change;
	}

	/**
	 * Find out whether connections lead elsewhere than a fresh login does, whatever the
	 * servers call themselves: theirs refuses to write, and the one asked after that does
	 * not. If that was concluded a moment ago and new ones are refused again, it explains
	 * nothing.
	 * @return when the first of them was refused, or {@code null} if none is
	 */
	private @Nullable Long refusalElsewhere(ServerReading reading, long asked) {
		Long last = this.foundElsewhere;
		long now = this.ledger.now();
		if (!reading.isWritable() || (last != null && now - last < ONCE.toNanos())) {
			return null;
		}
		Long first = null;
		for (PhysicalConnection connection : this.ledger.connections()) {
			Long refused = connection.refusedAt();
			if (refused != null && !connection.isSuperseded() && refused - asked < 0
					&& (first == null || refused - first < 0)) {
				first = refused;
			}
		}
		if (first != null) {
			this.foundElsewhere = now;
		}
		return first;
	}

	/**
	 * Where there are several servers at a time, only those that were refused are known
	 * to lead elsewhere.
	 */
	private boolean isElsewhere(PhysicalConnection connection, long refused) {
		return this.mixed ? connection.refusedAt() != null : connection.isOpenedBefore(refused);
	}

	private static RetirementCause cause(Change change) {
		return switch (change) {
			case RESTARTED -> RetirementCause.SERVER_RESTARTED;
			case READ_ONLY -> RetirementCause.SERVER_DEMOTED;
			case NONE, REPLACED -> RetirementCause.SERVER_REPLACED;
		};
	}

	private static String describe(Change change) {
		return switch (change) {
			case NONE -> "is what it was";
			case RESTARTED -> "was started again";
			case READ_ONLY -> "is read-only now";
			case REPLACED -> "is another one now";
		};
	}

}
