package io.github.connectionguard.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.endpoint.Verdict.Status;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.Loss;
import io.github.connectionguard.report.PoolReport;
import io.github.connectionguard.report.PoolSnapshot;
import io.github.connectionguard.report.Reachability;
import io.github.connectionguard.report.ServerReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolVerdict}.
 */
class PoolVerdictTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private static final Instant START = NOW.minus(Duration.ofHours(3));

	private static final PoolSnapshot CALM = new PoolSnapshot(1, 7, 8, 0, 8);

	private static final Reachability REACHED = Reachability.reached(0);

	private static final Reachability AWAY = new Reachability(Reachability.Status.UNREACHABLE, 0,
			"no connection (SQLState 08S01, error 0)", false);

	private static final LossCause ONE_CAUSE = LossCause.values()[0];

	private static final LossCause OTHER_CAUSE = LossCause.values()[1];

	@Test
	void poolWithoutALossIsHealthySinceTheStart() {
		assertThat(PoolVerdict.of(evidence(CALM, REACHED)))
			.isEqualTo(new Verdict(Status.HEALTHY, "Nothing has died since the start 3 h ago", START, null));
	}

	@Test
	void poolIsHealthyAgainTenMinutesAfterALoss() {
		Instant lost = NOW.minus(Duration.ofMinutes(11));
		PoolEvidence evidence = new PoolEvidence(report(CALM, REACHED, null, new Loss("one", lost, ONE_CAUSE, "gone")),
				server(null), List.of(), List.of(lost(ONE_CAUSE, "gone", 11)), START, NOW);
		assertThat(PoolVerdict.of(evidence))
			.isEqualTo(new Verdict(Status.HEALTHY, "Nothing has died since the last loss, 11 min ago", lost, null));
	}

	@Test
	void serverThatIsAwayIsToldWithTheTimeAndTheKindOfError() {
		Verdict verdict = PoolVerdict.of(evidence(CALM, AWAY));
		assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
		assertThat(verdict.sentence())
			.isEqualTo("The server has been unreachable for 50 s: no connection (SQLState 08S01, error 0)");
		assertThat(verdict.since()).isEqualTo(NOW.minusSeconds(50));
		assertThat(verdict.action()).startsWith("See whether the server runs");
	}

	@Test
	void whatARefusalMeansIsWhatToDo() {
		Reachability refused = new Reachability(Reachability.Status.UNREACHABLE, 0,
				"login refused (SQLState 28000, error 1045)", true);
		assertThat(PoolVerdict.of(evidence(CALM, refused))).satisfies((verdict) -> {
			assertThat(verdict.sentence()).startsWith("The server has let nobody in for 50 s: login refused");
			assertThat(verdict.action()).contains("spring.datasource.password");
		});
		assertThat(PoolVerdict.of(evidence(CALM, refused, refusal("the account is locked. Unlock it", 50))).action())
			.isEqualTo("Unlock it");
		assertThat(PoolVerdict.of(evidence(CALM, refused, refusal("the account is locked. Unlock it", 55))).action())
			.as("of an earlier refusal")
			.contains("spring.datasource.password");
	}

	@Test
	void poolNobodyHasOpenedIsUnknown() {
		Verdict verdict = PoolVerdict.of(evidence(CALM, Reachability.UNKNOWN));
		assertThat(verdict.status()).isEqualTo(Status.UNKNOWN);
		assertThat(verdict.action()).contains("connection-guard.eager");
	}

	@Test
	void refusalLastsUntilSomebodyIsLetIn() {
		GuardEvent full = refusal("the server is full. Raise max_connections", 30);
		GuardEvent opened = new GuardEvent.ConnectionOpened("pool", NOW.minusSeconds(20), "one");
		assertThat(PoolVerdict.of(refusing(true, full))).isEqualTo(new Verdict(Status.REFUSING,
				"New connections have been refused for 30 s: the server is full. Raise max_connections",
				NOW.minusSeconds(30), "Raise max_connections"));
		assertThat(PoolVerdict.of(refusing(true, opened, full)).status()).isEqualTo(Status.HEALTHY);
		assertThat(PoolVerdict.of(refusing(false, full)).status()).isEqualTo(Status.HEALTHY);
	}

	private static PoolEvidence refusing(boolean refusing, GuardEvent... events) {
		return new PoolEvidence(report(CALM, REACHED, null, null),
				new ServerReport("db:3306", null, null, refusing, null, null, null), List.of(), List.of(events), START,
				NOW);
	}

	@Test
	void exhaustedPoolIsToldWithTheLongestHolderSinceTheLastBorrow() {
		PoolSnapshot full = new PoolSnapshot(2, 0, 2, 5, 2);
		PoolEvidence evidence = new PoolEvidence(report(full, REACHED, null, null), server(null),
				List.of(held("x", 12), held("y", 7)), List.of(), START, NOW);
		Verdict verdict = PoolVerdict.of(evidence);
		assertThat(verdict.status()).isEqualTo(Status.EXHAUSTED);
		assertThat(verdict.sentence())
			.isEqualTo("All connections are in use (2 of 2), and 5 threads wait; the longest holder is thread 'x', "
					+ "for 12 s");
		assertThat(verdict.since()).isEqualTo(NOW.minusSeconds(7));
		assertThat(verdict.action()).contains("jstack");
	}

	@Test
	void fullPoolForWhichNobodyWaitsIsHealthy() {
		assertThat(PoolVerdict.of(evidence(new PoolSnapshot(8, 0, 8, 0, 8), REACHED)).status())
			.isEqualTo(Status.HEALTHY);
	}

	@Test
	void lossesOfTheLastTenMinutesAreToldWithTheirMostFrequentCause() {
		Verdict verdict = PoolVerdict
			.of(evidence(CALM, REACHED, lost(OTHER_CAUSE, "killed", 1), lost(ONE_CAUSE, "silent at last", 2),
					lost(ONE_CAUSE, "silent", 3), lost(OTHER_CAUSE, "killed", 11), lost(OTHER_CAUSE, "killed", 12)));
		assertThat(verdict.status()).isEqualTo(Status.LOSING);
		assertThat(verdict.sentence()).isEqualTo("3 connections died in the last 10 min, mostly: silent at last");
		assertThat(verdict.since()).isEqualTo(NOW.minus(Duration.ofMinutes(3)));
		assertThat(verdict.action()).contains("/actuator/connectionguard/dataSource/events?cause=" + ONE_CAUSE.name());
		assertThat(PoolVerdict.of(evidence(CALM, REACHED, lost(ONE_CAUSE, "silent", 3))).sentence())
			.isEqualTo("1 connection died in the last 10 min: silent");
	}

	@Test
	void causeThatWasFoundSinceCountsAndBringsItsRemedy() {
		GuardEvent explained = new GuardEvent.LossExplained("pool", NOW, "one", LossCause.KILLED, "somebody killed it");
		assertThat(PoolVerdict.of(evidence(CALM, REACHED, explained, lost(LossCause.LOST, "closed", 1))))
			.satisfies((verdict) -> {
				assertThat(verdict.status()).isEqualTo(Status.LOSING);
				assertThat(verdict.sentence()).isEqualTo("1 connection died in the last 10 min: somebody killed it");
				assertThat(verdict.action()).startsWith("Find who did it");
			});
	}

	@Test
	void lossesUnderALearnedLimitAskForTheProperty() {
		LifetimePlan learned = new LifetimePlan(Duration.ofSeconds(350), LimitSource.LEARNED, Duration.ofMinutes(30),
				Duration.ofSeconds(100), Duration.ofSeconds(100));
		PoolEvidence evidence = new PoolEvidence(report(CALM, REACHED, learned, null), server(null), List.of(),
				List.of(lost(ONE_CAUSE, "silent", 3)), START, NOW);
		assertThat(PoolVerdict.of(evidence).action()).contains("connection-guard.network-idle-timeout=350s");
	}

	@Test
	void leaksAndFailuresOfTheGuardComeBeforeLosses() {
		GuardEvent lost = lost(ONE_CAUSE, "silent", 3);
		GuardEvent leaked = new GuardEvent.ConnectionLeaked("pool", NOW.minusSeconds(5), "one", "leaked",
				Duration.ofSeconds(1), null);
		GuardEvent failed = new GuardEvent.GuardFailed("pool", NOW.minusSeconds(9), "SomeException");
		assertThat(PoolVerdict.of(evidence(CALM, REACHED, leaked, lost))).satisfies((verdict) -> {
			assertThat(verdict.status()).isEqualTo(Status.LEAKING);
			assertThat(verdict.sentence())
				.isEqualTo("1 connection was not given back in the last 10 min, 4 since the start");
		});
		assertThat(PoolVerdict.of(evidence(CALM, REACHED, leaked, failed, lost))).satisfies((verdict) -> {
			assertThat(verdict.status()).isEqualTo(Status.GUARD_FAILED);
			assertThat(verdict.sentence()).contains("SomeException");
		});
	}

	@Test
	void poolThatRanBeforeIsNotGuarded() {
		assertThat(PoolVerdict.ofStarted(CALM).status()).isEqualTo(Status.NOT_GUARDED);
		assertThat(PoolVerdict.ofStarted(new PoolSnapshot(8, 0, 8, 1, 8)).sentence())
			.startsWith("All connections are in use (8 of 8), and 1 thread waits");
	}

	private static PoolEvidence evidence(PoolSnapshot counters, Reachability reachability, GuardEvent... events) {
		return new PoolEvidence(report(counters, reachability, null, null), server(NOW.minusSeconds(50)), List.of(),
				List.of(events), START, NOW);
	}

	private static PoolReport report(PoolSnapshot counters, Reachability reachability, @Nullable LifetimePlan plan,
			@Nullable Loss last) {
		return new PoolReport("dataSource", "pool", counters, reachability, "MySQL", null, plan, 4, null, last);
	}

	private static ServerReport server(@Nullable Instant unreachableSince) {
		return new ServerReport("db:3306", null, unreachableSince, false, null, null, null);
	}

	private static ConnectionReport held(String thread, long seconds) {
		return new ConnectionReport(thread, 1L, Duration.ofMinutes(1), Duration.ZERO, thread,
				Duration.ofSeconds(seconds), null, false, false, null, null);
	}

	private static GuardEvent lost(LossCause cause, String description, long minutes) {
		return new GuardEvent.ConnectionLost("pool", NOW.minus(Duration.ofMinutes(minutes)), "one", cause, description,
				Duration.ofSeconds(5), Duration.ofMinutes(5));
	}

	private static GuardEvent refusal(String meaning, long seconds) {
		return new GuardEvent.LoginsRefused("pool", NOW.minusSeconds(seconds), meaning);
	}

}
