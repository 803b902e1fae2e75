package io.github.connectionguard.watch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.SessionFacts;

/**
 * The connections on which somebody waits for an answer that will never come: the server,
 * asked over another connection, does not know them any more, or has nothing to do for
 * them. A long statement looks the same from here, and is left alone.
 */
final class StuckConnections {

	/**
	 * What had just reached the server when it was asked has begun after this time.
	 */
	private static final Duration SECOND_LOOK = Duration.ofMillis(40);

	/**
	 * A server that was there all the time may only be too busy to read a statement: its
	 * thread pool shows the session asleep until it does.
	 */
	private static final Duration LONG_QUEUE = Duration.ofSeconds(5);

	private final ConnectionLedger ledger;

	private final ServerInquiry inquiry;

	private final ServerReading reading;

	StuckConnections(ConnectionLedger ledger, ServerInquiry inquiry, ServerReading reading) {
		this.ledger = ledger;
		this.inquiry = inquiry;
		this.reading = reading;
	}

	/**
	 * Cut them, so that whoever waits gets an exception.
	 * @param afterSilence whether the server could not be reached before
	 * @throws SQLException if the server did not answer, or would not
	 */
	void free(boolean afterSilence) throws SQLException {
		Duration longest = afterSilence ? CheckRhythm.LONG_WAIT : LONG_QUEUE;
		List<PhysicalConnection> waiting = waiting(longest);
		if (waiting.isEmpty()) {
			return;
		}
		Optional<Set<Long>> first = this.inquiry.busySessions(this.reading.facts().connectionId());
		LockSupport.parkNanos(SECOND_LOOK.toNanos());
		Optional<Set<Long>> second = this.inquiry.busySessions(this.reading.facts().connectionId());
		waiting.retainAll(waiting(longest.plus(SECOND_LOOK)));
		waiting.stream()
			.filter((connection) -> isForgotten(connection, first) && isForgotten(connection, second))
			.forEach((connection) -> connection.wire().cut());
	}

	private List<PhysicalConnection> waiting(Duration least) {
		return this.ledger.connections()
			.stream()
			.filter((connection) -> connection.wire().waiting().compareTo(least) >= 0)
			.collect(Collectors.toCollection(ArrayList::new));
	}

	private boolean isForgotten(PhysicalConnection connection, Optional<Set<Long>> busy) {
		SessionFacts facts = connection.facts();
		if (facts == null || facts.serverId() == null || !connection.wire().isDirect(facts.connectionId())) {
			return false;
		}
		return switch (this.reading.since(facts, connection.age())) {
			case NONE, READ_ONLY -> busy.isPresent() && !busy.get().contains(facts.connectionId());
			case RESTARTED -> true;
			case REPLACED -> false; // another server cannot tell
		};
	}

}
