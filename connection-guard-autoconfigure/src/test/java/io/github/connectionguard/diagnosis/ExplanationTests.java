package io.github.connectionguard.diagnosis;

import java.time.Duration;
import java.util.stream.Stream;

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
				ServerEvidence evidence = new ServerEvidence(fate, Duration.ofSeconds(12), known, 1L, 1, true);
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
	void whatTheServerDoesNotTellExplainsNothing() {
		assertThat(Explanation.of(CLOSED, evidence(null, 3L, false))).isNull();
		assertThat(Explanation.of(CLOSED, evidence(false, null, false))).isNull();
	}

	@Test
	void whatWasKnownBeforeStands() {
		ServerEvidence restarted = new ServerEvidence(Fate.RESTARTED, null, false, 0L, 1, false);
		assertThat(Explanation.of(loss(false, 4031), restarted)).isNull();
		assertThat(Explanation.ofOfflineMode(loss(false, 3169))).isNull();
	}

	@ParameterizedTest
	@EnumSource(
			names = { "LOST", "SERVER_RESTARTED", "SERVER_REPLACED", "SERVER_DEMOTED", "ABORTED", "SERVER_SHUTDOWN" },
			mode = EnumSource.Mode.EXCLUDE)
	void causeThatSomebodyCanDoSomethingAboutNamesAPropertyOrACommand(LossCause cause) {
		assertThat(cause.remedy()).isNotNull()
			.containsAnyOf("connection-guard.", "socketTimeout", "idle_transaction_timeout", "offline_mode",
					"CONNECTION_ADMIN");
	}

	private static void assertExplained(ConnectionLoss loss, ServerEvidence evidence, LossCause cause,
			String sentence) {
		assertThat(Stream.of(Explanation.of(loss, evidence))).singleElement().satisfies((explanation) -> {
			assertThat(explanation.cause()).isEqualTo(cause);
			assertThat(explanation.description()).contains(sentence).doesNotContain(" null");
		});
	}

	private static ServerEvidence evidence(@Nullable Boolean known, @Nullable Long kills, boolean away) {
		return new ServerEvidence(Fate.SAME, Duration.ofDays(1), known, kills, 3, away);
	}

	private static ConnectionLoss loss(boolean silent, int code) {
		return new ConnectionLoss(Duration.ofSeconds(5), Duration.ofMinutes(1), false, silent, Duration.ofHours(8),
				null, null, code, null);
	}

}
