package io.github.connectionguard.watch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.ServerReading.Change;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessions;

/**
 * The connections on which somebody waits for an answer that will never come: the server,
 * asked over another connection, does not know them any more, or has had nothing to do
 * for them for so long that nothing can still be on its way. A long statement looks the
 * same from here, and is left alone. Thread-safe.
 */
final class StuckConnections {

	/**
	 * What had just reached the server when it was asked has begun after this time.
	 */
	private static final Duration SECOND_LOOK = Duration.ofMillis(40);

	private final ConnectionLedger ledger;

	private final Map<PhysicalConnection, UnansweredWait> waits = new HashMap<>();

	StuckConnections(ConnectionLedger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Cut them, so that whoever waits gets an exception.
	 * @param inquiry asks the server
	 * @param reading what the server said of itself just now
	 * @return when to ask again, by the ledger's clock, if anything may get stuck
	 * @throws SQLException if the server did not answer, or would not
	 */
	OptionalLong free(ServerInquiry inquiry, ServerReading reading) throws SQLException {
		Duration longest = this.ledger.roundTrip().limit(CheckRhythm.LONG_WAIT);
		List<PhysicalConnection> waiting = noteAnswer(longest);
		if (waiting.isEmpty()) {
			return OptionalLong.empty();
		}
		long asked = this.ledger.now();
		Optional<ServerSessions> first = inquiry.sessions(reading.facts().connectionId());
		LockSupport.parkNanos(SECOND_LOOK.toNanos());
		Optional<ServerSessions> second = inquiry.sessions(reading.facts().connectionId());
		if (first.isEmpty() || second.isEmpty()) {
			return OptionalLong.empty();
		}
		waiting.retainAll(waiting(longest.plus(SECOND_LOOK)));
		ServerSessions sessions = second.get();
		waiting.removeIf((connection) -> !isAsleep(connection, reading, first.get())
				|| !isAsleep(connection, reading, sessions));
		long next = Long.MAX_VALUE;
		for (PhysicalConnection connection : waiting) {
			long end = isGone(connection, sessions) ? asked : end(connection);
			if (end - asked <= 0) {
				cutIfWaiting(connection, longest);
			}
			else {
				next = Math.min(next, end);
			}
		}
		return (next < Long.MAX_VALUE) ? OptionalLong.of(next) : OptionalLong.empty();
	}

	/**
	 * Cut a connection, unless its answer has come meanwhile.
	 */
	private static void cutIfWaiting(PhysicalConnection connection, Duration longest) {
		if (connection.wire().waiting().compareTo(longest) >= 0) {
			connection.wire().cut();
		}
	}

	/**
	 * Note for all who wait that the server has answered somebody.
	 */
	private synchronized List<PhysicalConnection> noteAnswer(Duration longest) {
		long now = this.ledger.now();
		List<PhysicalConnection> all = waiting(Duration.ofNanos(1));
		this.waits.keySet().retainAll(all);
		for (PhysicalConnection connection : all) {
			long since = now - connection.wire().waiting().toNanos();
			UnansweredWait known = this.waits.get(connection);
			if (known == null || since - known.answered() > 0) {
				this.waits.put(connection, new UnansweredWait(since, now));
			}
		}
		return waiting(longest);
	}

	private List<PhysicalConnection> waiting(Duration least) {
		return this.ledger.connections()
			.stream()
			.filter((connection) -> connection.wire().waiting().compareTo(least) >= 0)
			.collect(Collectors.toCollection(ArrayList::new));
	}

	/**
	 * Tell whether the server has nothing to do for a connection. Another server cannot
	 * tell.
	 */
	private boolean isAsleep(PhysicalConnection connection, ServerReading reading, ServerSessions sessions) {
		ServerSessionFacts facts = connection.facts();
		return facts != null && facts.serverId() != null && connection.wire().isDirect(facts.connectionId())
				&& reading.since(facts, connection.age()) != Change.REPLACED && isSameAccount(facts, reading)
				&& !sessions.busy().contains(facts.connectionId());
	}

	/**
	 * The sessions of other accounts are not shown to everybody: one of a user who was
	 * replaced by another would look as if it were gone.
	 */
	private static boolean isSameAccount(ServerSessionFacts facts, ServerReading reading) {
		return facts.account() != null && facts.account().equals(reading.facts().account());
	}

	/**
	 * Tell whether there is no such session any more as that of a connection which was
	 * found asleep.
	 */
	private static boolean isGone(PhysicalConnection connection, ServerSessions sessions) {
		ServerSessionFacts facts = connection.facts();
		return facts == null || !sessions.known().contains(facts.connectionId());
	}

	/**
	 * Return when to give up a connection whose session does nothing.
	 */
	private synchronized long end(PhysicalConnection connection) {
		UnansweredWait wait = this.waits.get(connection);
		return (wait != null) ? wait.end(this.ledger.roundTrip()) : this.ledger.now();
	}

}
