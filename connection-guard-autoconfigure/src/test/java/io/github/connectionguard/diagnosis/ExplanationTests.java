package io.github.connectionguard.diagnosis;

import java.time.Duration;
import java.util.stream.Stream;

import io.github.connectionguard.diagnosis.ServerEvidence.Absence;
import io.github.connectionguard.diagnosis.ServerEvidence.Fate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Explanation}.
 */
class ExplanationTests {

	private static final ConnectionLoss CLOSED = loss(false, 0);

	private static final ConnectionLoss SILENT = loss(true, 0);

	@ParameterizedTest
	@CsvSource({ "RESTARTED, SERVER_RESTARTED, the server was started again 12.0 s ago",
			"REPLACED, SERVER_REPLACED, another server answers in its place",
			"DEMOTED, SERVER_DEMOTED, the server has become read-only" })
	void whatBecameOfTheServerCountsMost(Fate fate, LossCause cause, String sentence) {
		for (ConnectionLoss loss : new ConnectionLoss[] { CLOSED, SILENT }) {
			for (Boolean known : new @Nullable Boolean[] { true, false, null }) {
				ServerEvidence evidence = new ServerEvidence(fate, Duration.ofSeconds(12), known, 1L, 1,
						Absence.OUT_OF_REACH);
				assertExplained(loss, evidence, cause, sentence);
			}
		}
	}

	@Test
	void sessionThatTheServerStillHasWasClosedOnTheWay() {
		for (boolean away : new boolean[] { true, false }) {
			assertExplained(CLOSED, evidence(true, 5L, away), LossCause.NETWORK, "the server has the session still");
		}
	}

	@Test
	void silenceIsTheServersIfNobodyGotAnAnswer() {
		for (Boolean known : new @Nullable Boolean[] { true, false, null }) {
			assertExplained(SILENT, evidence(known, 0L, true), LossCause.SILENT, "nobody got an answer");
			assertExplained(SILENT, evidence(known, 0L, false), LossCause.NETWORK, "the server answered others");
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, NETWORK", "2, NETWORK", "3, KILLED", "4, KILLED" })
	void asManyKillsAsSessionsAreGoneHaveKilledThem(long kills, LossCause cause) {
		assertExplained(CLOSED, evidence(false, kills, false), cause,
				"for 3 sessions that are gone has run KILL %d times: idle for 5.0 s, 60.0 s old".formatted(kills));
	}

	@Test
	void resetOfAnIdleConnectionIsNoKill() {
		for (long kills : new long[] { 0, 3 }) {
			assertExplained(reset(false), evidence(false, kills, false), LossCause.NETWORK,
					"ended it on both sides, by a reset to this one");
		}
		assertExplained(reset(true), evidence(false, 3L, false), LossCause.KILLED, "somebody killed the session");
	}

	@Test
	void whatTheServerDoesNotTellExplainsNothing() {
		assertThat(Explanation.of(CLOSED, evidence(null, 3L, false))).isNull();
		assertThat(Explanation.of(CLOSED, evidence(false, null, false))).isNull();
	}

	@Test
	void whatWasKnownBeforeStands() {
		ServerEvidence restarted = new ServerEvidence(Fate.RESTARTED, null, false, 0L, 1, Absence.NONE);
		assertThat(Explanation.of(loss(false, 4031), restarted)).isNull();
		assertThat(Explanation.ofOfflineMode(loss(false, 3169))).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "LOST", "SERVER_RESTARTED", "SERVER_REPLACED", "SERVER_DEMOTED", "ABORTED", "SERVER_SHUTDOWN",
			"SERVER_STALLED" }, mode = EnumSource.Mode.EXCLUDE)
	void causeThatSomebodyCanDoSomethingAboutNamesAPropertyOrACommand(LossCause cause) {
		assertThat(cause.remedy()).isNotNull()
			.containsAnyOf("connection-guard.", "socketTimeout", "idle_transaction_timeout", "offline_mode",
					"CONNECTION_ADMIN", "ALTER USER");
	}

	@Test
	void silenceIsTheServersIfConnectsWereAccepted() {
		assertExplained(SILENT, new ServerEvidence(Fate.SAME, Duration.ofDays(1), true, 0L, 0, Absence.STOOD_STILL),
				LossCause.SERVER_STALLED, "the server stood still: connects were accepted, but nobody got an answer");
	}

	@Test
	void accountThatIsShutOutHasItsSessionsEnded() {
		assertThat(Stream.of(Explanation.ofRefusal(CLOSED, 3118, 7))).singleElement().satisfies((explanation) -> {
			assertThat(explanation.cause()).isEqualTo(LossCause.ACCOUNT_REFUSED);
			assertThat(explanation.description())
				.contains("the next login was refused with error 3118, and 7 others were lost with it: idle for 5.0 s");
		});
		assertThat(Explanation.ofRefusal(SILENT, 3118, 7)).isNull();
		assertThat(Explanation.ofRefusal(loss(false, 4031), 3118, 7)).isNull();
	}

	private static void assertExplained(ConnectionLoss loss, ServerEvidence evidence, LossCause cause,
			String sentence) {
		assertThat(Stream.of(Explanation.of(loss, evidence))).singleElement().satisfies((explanation) -> {
			assertThat(explanation.cause()).isEqualTo(cause);
			assertThat(explanation.description()).contains(sentence).doesNotContain(" null");
		});
	}

	private static ServerEvidence evidence(@Nullable Boolean known, @Nullable Long kills, boolean away) {
		return new ServerEvidence(Fate.SAME, Duration.ofDays(1), known, kills, 3,
				away ? Absence.OUT_OF_REACH : Absence.NONE);
	}

	private static ConnectionLoss reset(boolean held) {
		return new ConnectionLoss(Duration.ofSeconds(5), Duration.ofMinutes(1), held, false, true, Duration.ofHours(8),
				null, null, 0, null);
	}

	private static ConnectionLoss loss(boolean silent, int code) {
		return new ConnectionLoss(Duration.ofSeconds(5), Duration.ofMinutes(1), false, silent, false,
				Duration.ofHours(8), null, null, code, null);
	}

}
