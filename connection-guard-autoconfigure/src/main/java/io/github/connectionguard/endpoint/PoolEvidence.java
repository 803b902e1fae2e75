package io.github.connectionguard.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.PoolReport;
import io.github.connectionguard.report.ServerReport;

/**
 * What a {@link Verdict} on a pool goes by. Immutable.
 *
 * @param pool what is known of the pool
 * @param server what is known of its server
 * @param connections what is known of its connections
 * @param events what has happened to it, the latest first
 * @param guardedSince since when it has been under guard
 * @param now the moment
 */
record PoolEvidence(PoolReport pool, ServerReport server, List<ConnectionReport> connections, List<GuardEvent> events,
		Instant guardedSince, Instant now) {

	/**
	 * What happened within this time happened lately.
	 */
	static final Duration LATELY = Duration.ofMinutes(10);

	/**
	 * Return the events of a type that happened lately, the latest first.
	 */
	<T extends GuardEvent> List<T> lately(Class<T> type) {
		Instant begin = this.now.minus(LATELY);
		return all(type).filter((event) -> !event.at().isBefore(begin)).toList();
	}

	/**
	 * Return the last event of a type.
	 */
	<T extends GuardEvent> Optional<T> last(Class<T> type) {
		return all(type).findFirst();
	}

	private <T extends GuardEvent> Stream<T> all(Class<T> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast);
	}

	Duration since(Instant moment) {
		return Duration.between(moment, this.now);
	}

}
