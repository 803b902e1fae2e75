package io.github.connectionguard.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.github.connectionguard.endpoint.Verdict.Status;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.Loss;
import io.github.connectionguard.report.PoolSnapshot;
import io.github.connectionguard.report.Reachability;

/**
 * Decides how a pool is. What hinders it most is what the verdict tells.
 */
final class PoolVerdict {

	private static final List<Function<PoolEvidence, Optional<Verdict>>> FINDINGS = List.of(PoolVerdict::unreachable,
			PoolVerdict::unknown, PoolVerdict::refusing, PoolVerdict::exhausted, PoolVerdict::guardFailed,
			PoolVerdict::leaking, PoolVerdict::losing);

	/**
	 * What an outage and the refusal that began it may be apart.
	 */
	private static final Duration TOGETHER = Duration.ofSeconds(1);

	private PoolVerdict() {
	}

	static Verdict of(PoolEvidence evidence) {
		return FINDINGS.stream()
			.map((finding) -> finding.apply(evidence))
			.flatMap(Optional::stream)
			.findFirst()
			.orElseGet(() -> healthy(evidence));
	}

	/**
	 * Decide on a pool that ran before the guard met it.
	 */
	static Verdict ofStarted(PoolSnapshot counters) {
		if (isExhausted(counters)) {
			return new Verdict(Status.EXHAUSTED,
					"%s; it is not under guard, so nothing is known of its holders".formatted(exhausted(counters)),
					null, "Look at what the threads do (jstack, /actuator/threaddump)");
		}
		return new Verdict(Status.NOT_GUARDED,
				"The pool was running before it could be put under guard: only its "
						+ "timers were set, and nothing is known of its connections",
				null, "Declare the bean without starting the pool (new HikariDataSource() and setters, or "
						+ "spring.datasource.hikari.*)");
	}

	private static Optional<Verdict> unreachable(PoolEvidence evidence) {
		Reachability known = evidence.pool().reachability();
		if (known.status() != Reachability.Status.UNREACHABLE) {
			return Optional.empty();
		}
		Instant since = Objects.requireNonNullElse(evidence.server().unreachableSince(), evidence.now());
		String sentence = "The server %s for %s: %s".formatted(
				known.refused() ? "has let nobody in" : "has been unreachable", text(evidence.since(since)),
				known.error());
		String action = evidence.last(GuardEvent.LoginsRefused.class)
			.filter((refused) -> !refused.at().isBefore(since.minus(TOGETHER)))
			.map(Remedies::of)
			.orElse(known.refused()
					? "Check the pool's user name, password and database (spring.datasource.username, "
							+ "spring.datasource.password and spring.datasource.url)"
					: "See whether the server runs, and whether its port can be reached from here; the pool goes on "
							+ "by itself when it answers");
		return Optional.of(new Verdict(Status.UNREACHABLE, sentence, since, action));
	}

	private static Optional<Verdict> unknown(PoolEvidence evidence) {
		if (evidence.pool().reachability().status() != Reachability.Status.UNKNOWN) {
			return Optional.empty();
		}
		return Optional.of(new Verdict(Status.UNKNOWN, "Nobody has tried to connect yet", evidence.guardedSince(),
				"Use the pool, or leave connection-guard.eager on to have it opened at the start"));
	}

	private static Optional<Verdict> refusing(PoolEvidence evidence) {
		if (!evidence.server().refusing()) {
			return Optional.empty();
		}
		Optional<GuardEvent> last = evidence.events()
			.stream()
			.filter((event) -> event instanceof GuardEvent.LoginsRefused
					|| event instanceof GuardEvent.ConnectionOpened)
			.findFirst();
		return last.filter(GuardEvent.LoginsRefused.class::isInstance)
			.map(GuardEvent.LoginsRefused.class::cast)
			.map((refused) -> new Verdict(
					Status.REFUSING, "New connections have been refused for %s: %s"
						.formatted(text(evidence.since(refused.at())), refused.meaning()),
					refused.at(), Remedies.of(refused)));
	}

	private static Optional<Verdict> exhausted(PoolEvidence evidence) {
		PoolSnapshot counters = evidence.pool().counters();
		if (!isExhausted(counters)) {
			return Optional.empty();
		}
		List<ConnectionReport> held = evidence.connections()
			.stream()
			.filter((connection) -> connection.holder() != null)
			.sorted(Comparator.comparing(ConnectionReport::heldFor))
			.toList();
		if (held.isEmpty()) {
			return Optional.of(new Verdict(Status.EXHAUSTED, exhausted(counters), null, null));
		}
		ConnectionReport longest = held.get(held.size() - 1);
		return Optional.of(new Verdict(Status.EXHAUSTED,
				"%s; the longest holder is thread '%s', for %s".formatted(exhausted(counters), longest.holder(),
						text(longest.heldFor())),
				evidence.now().minus(held.get(0).heldFor()),
				"Look at what that thread does (jstack, /actuator/threaddump); a larger "
						+ "spring.datasource.hikari.maximum-pool-size helps only where connections are soon given back"));
	}

	private static boolean isExhausted(PoolSnapshot counters) {
		return counters.waiting() > 0 && counters.active() >= counters.maximum();
	}

	private static String exhausted(PoolSnapshot counters) {
		return "All connections are in use (%d of %d), and %d %s".formatted(counters.active(), counters.maximum(),
				counters.waiting(), (counters.waiting() == 1) ? "thread waits" : "threads wait");
	}

	private static Optional<Verdict> guardFailed(PoolEvidence evidence) {
		return evidence.lately(GuardEvent.GuardFailed.class)
			.stream()
			.findFirst()
			.map((failed) -> new Verdict(Status.GUARD_FAILED,
					"A part of the guard failed %s ago (%s), and the pool goes on without it"
						.formatted(text(evidence.since(failed.at())), failed.failure()),
					failed.at(), "Report the stack trace in the log"));
	}

	private static Optional<Verdict> leaking(PoolEvidence evidence) {
		List<GuardEvent.ConnectionLeaked> leaks = evidence.lately(GuardEvent.ConnectionLeaked.class);
		return last(leaks).map((first) -> new Verdict(Status.LEAKING,
				"%s not given back in the last %s, %d since the start".formatted(
						count(leaks.size(), "connection was", "connections were"), text(PoolEvidence.LATELY),
						evidence.pool().leaked()),
				first.at(), "Look in the log for where they were borrowed, and close them there"));
	}

	private static Optional<Verdict> losing(PoolEvidence evidence) {
		RecentDeaths deaths = RecentDeaths.in(evidence);
		if (deaths.isEmpty()) {
			return Optional.empty();
		}
		RecentDeaths.Death typical = deaths.typical();
		return Optional.of(new Verdict(Status.LOSING,
				"%s in the last %s%s: %s".formatted(count(deaths.number(), "connection died", "connections died"),
						text(PoolEvidence.LATELY), (deaths.number() > 1) ? ", mostly" : "", typical.description()),
				deaths.since(), Remedies.of(typical.cause(), evidence)));
	}

	private static Verdict healthy(PoolEvidence evidence) {
		Loss loss = evidence.pool().lastLoss();
		Instant since = (loss != null) ? loss.at() : evidence.guardedSince();
		return new Verdict(Status.HEALTHY, "Nothing has died since %s %s ago"
			.formatted((loss != null) ? "the last loss," : "the start", text(evidence.since(since))), since, null);
	}

	private static <T> Optional<T> last(List<T> list) {
		return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
	}

	private static String count(int number, String one, String several) {
		return number + " " + ((number == 1) ? one : several);
	}

	static String text(Duration duration) {
		if (duration.toMinutes() < 2) {
			return Math.max(duration.toSeconds(), 0) + " s";
		}
		if (duration.toHours() < 2) {
			return duration.toMinutes() + " min";
		}
		return (duration.toDays() < 2) ? duration.toHours() + " h" : duration.toDays() + " days";
	}

}
