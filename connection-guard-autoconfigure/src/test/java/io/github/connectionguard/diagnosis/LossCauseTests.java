package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LossCause}.
 */
class LossCauseTests {

	@ParameterizedTest
	@CsvSource({ "4031, 5, 60, SERVER_IDLE_TIMEOUT", "4031, 5, , SERVER_IDLE_TIMEOUT", "3169, 5, 60, KILLED",
			"3169, 90, 60, KILLED", "1927, 90, 60, KILLED", "1053, 5, 60, SERVER_SHUTDOWN",
			"1053, 90, 60, SERVER_SHUTDOWN" })
	void serversWordCounts(int code, long idle, @Nullable Long waitTimeout, LossCause cause) {
		assertThat(LossCause.of(loss(idle, waitTimeout, code))).isEqualTo(cause);
	}

	@ParameterizedTest
	@CsvSource({ "59, 60, LOST", "60, 60, SERVER_IDLE_TIMEOUT", "61, 60, SERVER_IDLE_TIMEOUT", "0, 28800, LOST",
			"90000, , LOST" })
	void withoutAWordTheLimitDecides(long idle, @Nullable Long waitTimeout, LossCause cause) {
		for (int code : new int[] { 0, 2006, 2013, 1064 }) {
			assertThat(LossCause.of(loss(idle, waitTimeout, code))).isEqualTo(cause);
		}
	}

	@Test
	void idleTimeoutIsToldWithTheLimitAndTheTimes() {
		assertThat(LossCause.SERVER_IDLE_TIMEOUT.describe(loss(61, 60L, 4031)))
			.isEqualTo("the server closed it for being idle (wait_timeout is 60 s): idle for 61.0 s, 3600.0 s old");
	}

	@Test
	void limitThatWasNeverReadIsNotTold() {
		assertThat(LossCause.SERVER_IDLE_TIMEOUT.describe(loss(61, null, 4031)))
			.isEqualTo("the server closed it for being idle: idle for 61.0 s, 3600.0 s old");
	}

	@Test
	void limitThatWasSetSinceIsToldAsSuch() {
		assertThat(LossCause.SERVER_IDLE_TIMEOUT.describe(loss(5, 60L, 4031))).isEqualTo(
				"the server closed it for being idle, by a wait_timeout that was set on its session (it was 60 s "
						+ "when it was opened): idle for 5.0 s, 3600.0 s old");
	}

	@Test
	void killIsTold() {
		assertThat(LossCause.KILLED.describe(loss(5, 60L, 3169)))
			.isEqualTo("the session was killed on the server: idle for 5.0 s, 3600.0 s old");
	}

	@Test
	void shutdownIsTold() {
		assertThat(LossCause.SERVER_SHUTDOWN.describe(loss(5, 60L, 1053)))
			.isEqualTo("the server shut down: idle for 5.0 s, 3600.0 s old");
	}

	@Test
	void lossInUseIsToldAsSuchWithTenthsOfASecond() {
		ConnectionLoss loss = new ConnectionLoss(Duration.ofMillis(1_290), Duration.ofMillis(2_050), true, false, false,
				Duration.ofSeconds(60), null, "08S01", 0, null);
		assertThat(LossCause.LOST.describe(loss)).isEqualTo(
				"it was closed before the server's limit (wait_timeout is 60 s): quiet in use for 1.2 s, 2.0 s old; "
						+ "the server is asked why");
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1000, TIMED_OUT, the driver's socketTimeout",
			"500, 0, TIMED_OUT, its network timeout (Connection.setNetworkTimeout)" })
	void waitThatThisEndHasLimitedIsItsOwnEnd(int limit, int usual, LossCause cause, String setting) {
		ConnectionLoss loss = ended(OwnEnd.timeout(limit, usual));
		assertThat(LossCause.of(loss)).isEqualTo(cause);
		assertThat(cause.describe(loss)).isEqualTo(("the driver gave up waiting for an answer after %s s, as %s says: "
				+ "quiet in use for 1.0 s, 60.0 s old")
			.formatted(limit / 1000.0, setting));
	}

	@Test
	void quietTransactionThatMetItsOwnLimitIsTold() {
		ConnectionLoss loss = new ConnectionLoss(Duration.ofSeconds(6), Duration.ofMinutes(1), true, false, false,
				Duration.ofMinutes(10), Duration.ofSeconds(5), "08S01", 0, null);
		assertThat(LossCause.of(loss)).isEqualTo(LossCause.IDLE_TRANSACTION_TIMEOUT);
		assertThat(LossCause.of(loss).describe(loss))
			.isEqualTo("the server closed it for being idle in a transaction (the shortest of "
					+ "idle_transaction_timeout, idle_readonly_transaction_timeout and idle_write_transaction_timeout "
					+ "is 5 s): quiet in use for 6.0 s, 60.0 s old");
		ConnectionLoss idle = new ConnectionLoss(Duration.ofSeconds(6), Duration.ofMinutes(1), false, false, false,
				Duration.ofMinutes(10), Duration.ofSeconds(5), "08S01", 0, null);
		assertThat(LossCause.of(idle)).isEqualTo(LossCause.LOST);
	}

	@Test
	void abortIsToldWhateverTheServerSaid() {
		ConnectionLoss loss = ended(OwnEnd.ABORT);
		assertThat(LossCause.of(loss)).isEqualTo(LossCause.ABORTED);
		assertThat(LossCause.ABORTED.describe(loss))
			.isEqualTo("this application aborted it (Connection.abort): quiet in use for 1.0 s, 60.0 s old");
	}

	private static ConnectionLoss ended(OwnEnd end) {
		return new ConnectionLoss(Duration.ofSeconds(1), Duration.ofMinutes(1), true, false, false,
				Duration.ofSeconds(1), null, "08S01", 1927, end);
	}

	private static ConnectionLoss loss(long idle, @Nullable Long waitTimeout, int code) {
		return new ConnectionLoss(Duration.ofSeconds(idle), Duration.ofHours(1), false, false, false,
				(waitTimeout != null) ? Duration.ofSeconds(waitTimeout) : null, null, null, code, null);
	}

}
