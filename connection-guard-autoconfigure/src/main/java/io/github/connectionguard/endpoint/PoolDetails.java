package io.github.connectionguard.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.endpoint.detail.SamplesDescriptor;
import io.github.connectionguard.endpoint.detail.SessionDescriptor;
import io.github.connectionguard.endpoint.detail.StacksDescriptor;
import io.github.connectionguard.endpoint.detail.ThreadLook;
import io.github.connectionguard.endpoint.detail.TicketText;
import io.github.connectionguard.endpoint.detail.Versions;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.event.PoolCounts;
import io.github.connectionguard.event.Tally;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.outcome.UnitCounts;
import io.github.connectionguard.report.HeldConnection;
import io.github.connectionguard.samples.Sample;
import io.github.connectionguard.samples.SampleRing;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;

/**
 * Describes what is asked for apart: who holds connections and who waits for them, what
 * sessions do, the last minutes, and what belongs into a ticket. Borrows nothing, asks
 * nobody and waits for nothing.
 */
final class PoolDetails {

	private static final int EVENTS_OF_TICKET = 20;

	private PoolDetails() {
	}

	/**
	 * Describe a pool for a ticket.
	 * @param described what else is told of it, as it may be shown
	 * @param events what has happened to it, the latest first
	 * @param values what may be shown of them
	 */
	static String ticketOf(GuardedPool pool, PoolDescriptor described, List<GuardEvent> events, ShownValues values,
			Instant now) {
		TicketText ticket = new TicketText("Connection Guard on pool '%s' (bean '%s'), %s".formatted(described.pool(),
				pool.beanName(), Rounded.of(now)));
		ticket.section("Versions")
			.line("connection-guard", Versions.of("io.github.connectionguard", "connection-guard-autoconfigure"))
			.line("spring-boot", SpringBootVersion.getVersion())
			.line("hikaricp", Versions.of("com.zaxxer", "HikariCP"))
			.line("driver", pool.driverVersion())
			.line("java", System.getProperty("java.version"));
		ticket.section("State").lines("", described, Set.of("pool", "connections"));
		tellCounts(ticket.section("Since the start"), pool.events().counts());
		tell(ticket.section("Last losses"), values, events,
				(event) -> event instanceof GuardEvent.ConnectionLost || event instanceof GuardEvent.LossExplained);
		tell(ticket.section("Last outages"), values, events,
				(event) -> event instanceof GuardEvent.OutageBegan || event instanceof GuardEvent.OutageEnded);
		tell(ticket.section("Last events"), values, events, (event) -> true);
		return ticket.toString();
	}

	private static void tellCounts(TicketText ticket, PoolCounts counts) {
		ticket.line("opened", counts.opened().count())
			.line("retired", counts.retired().count())
			.line("pings.answered", counts.pings(true).count())
			.line("pings.unanswered", counts.pings(false).count())
			.line("commits.failed", counts.failedCommits(false).count())
			.line("commits.unknown", counts.failedCommits(true).count())
			.line("outages", counts.outages().count());
		for (LossCause cause : LossCause.values()) {
			ticket.line("lost." + cause, positive(counts.ageAtDeath(cause)));
			ticket.line("explained." + cause, positive(counts.explained(cause)));
		}
	}

	private static @Nullable Long positive(Tally tally) {
		return (tally.count() > 0) ? tally.count() : null;
	}

	private static void tell(TicketText ticket, ShownValues values, List<GuardEvent> events,
			Predicate<GuardEvent> which) {
		PoolEventLog.describe(events.stream().filter(which).limit(EVENTS_OF_TICKET).toList(), null, values)
			.events()
			.forEach(ticket::event);
	}

	/**
	 * Describe the last minutes of a pool.
	 */
	static SamplesDescriptor samplesOf(GuardedPool pool) {
		return new SamplesDescriptor(SampleRing.INTERVAL,
				pool.samples().samples().stream().map(PoolDetails::rounded).toList());
	}

	private static Sample rounded(Sample sample) {
		Duration ping = sample.slowestPing();
		return (ping != null)
				? new Sample(sample.at(), sample.active(), sample.idle(), sample.waiting(), Rounded.of(ping)) : sample;
	}

	/**
	 * Describe who holds the connections of a pool and who waits for one.
	 * @param others whether somebody waits for another pool
	 */
	static StacksDescriptor stacksOf(GuardedPool pool, BooleanSupplier others, ShownValues values) {
		ThreadLook look = ThreadLook.now();
		int waiters = pool.snapshot().waiting();
		List<Thread> waiting = (waiters > 0) ? look.waiting() : List.of();
		Duration waitingFor = pool.samples().waitingFor();
		return new StacksDescriptor(
				pool.leases()
					.held()
					.stream()
					.map((held) -> new StacksDescriptor.Holding(held.connection(),
							values.holder(held.holder().getName()), Rounded.of(held.heldFor()),
							values.request(held.request()), look.stackOf(held.holder()), placeOf(held)))
					.toList(),
				waiting.stream()
					.map((thread) -> new StacksDescriptor.Waiting(values.holder(thread.getName()),
							look.stackOf(thread)))
					.toList(),
				(waitingFor != null) ? Rounded.of(waitingFor) : null,
				waiting.size() <= waiters && !others.getAsBoolean());
	}

	private static @Nullable List<String> placeOf(HeldConnection held) {
		Throwable borrowed = held.borrowedAt();
		return (borrowed != null) ? ThreadLook.text(borrowed.getStackTrace()) : null;
	}

	/**
	 * Describe what requests and scopes do on pools.
	 */
	static SessionDescriptor session(UnitCounts units, Collection<GuardedPool> pools, ShownValues values) {
		return new SessionDescriptor(SessionDescriptor.units(units),
				pools.stream().map(PoolDetails::kept).reduce(SessionDescriptor.Kept.NONE, SessionDescriptor.Kept::plus),
				pools.stream()
					.flatMap((pool) -> holding(pool, values))
					.sorted(Comparator.comparing(SessionDescriptor.Holding::heldFor).reversed())
					.toList());
	}

	private static SessionDescriptor.Kept kept(GuardedPool pool) {
		PoolCounts counts = pool.events().counts();
		return new SessionDescriptor.Kept(counts.keptByUnits().count(),
				Rounded.of(Duration.ofNanos(counts.keptByUnits().nanos())), Rounded.of(counts.longestKept()));
	}

	private static Stream<SessionDescriptor.Holding> holding(GuardedPool pool, ShownValues values) {
		return pool.leases()
			.held()
			.stream()
			.filter((held) -> held.request() != null)
			.map((held) -> new SessionDescriptor.Holding(pool.beanName(), held.connection(),
					values.request(held.request()), Rounded.of(held.heldFor())));
	}

}
