package io.github.connectionguard.mysql;

import java.time.Duration;

import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.mysql.ServerReading.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerReading}.
 */
class ServerReadingTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration DAY = Duration.ofDays(1);

	@Test
	void serverThatRunsForLongerThanTheSessionIsWhatItWas() {
		assertThat(new ServerReading(facts("a", false), DAY, null).since(facts("a", false), HOUR))
			.isEqualTo(Change.NONE);
	}

	@Test
	void serverThatRunsForLessThanTheSessionWasRestarted() {
		assertThat(new ServerReading(facts("a", false), HOUR, null).since(facts("a", false), DAY))
			.isEqualTo(Change.RESTARTED);
	}

	@Test
	void uptimeInWholeSecondsIsNotTakenForARestart() {
		assertThat(new ServerReading(facts("a", false), HOUR, null).since(facts("a", false), HOUR.plusMillis(1500)))
			.isEqualTo(Change.NONE);
	}

	@Test
	void serverWithAnotherIdentityReplacedTheOld() {
		assertThat(new ServerReading(facts("b", true), HOUR, null).since(facts("a", false), DAY))
			.isEqualTo(Change.REPLACED);
	}

	@Test
	void serverIsReadOnlyNowOnlyIfItWasNotBefore() {
		assertThat(new ServerReading(facts("a", true), DAY, null).since(facts("a", false), HOUR))
			.isEqualTo(Change.READ_ONLY);
		assertThat(new ServerReading(facts("a", true), DAY, null).since(facts("a", true), HOUR)).isEqualTo(Change.NONE);
		assertThat(new ServerReading(facts("a", false), DAY, null).since(facts("a", true), HOUR))
			.isEqualTo(Change.NONE);
	}

	@Test
	void whatTheServerDoesNotTellIsNoChange() {
		assertThat(new ServerReading(facts(null, false), null, null).since(facts("a", false), DAY))
			.isEqualTo(Change.NONE);
	}

	@Test
	void sessionsAreNumberedAnewFromEachStartOn() {
		ServerReading second = new ServerReading(facts(2), Duration.ofSeconds(1), null);
		assertThat(second.numbersAnew(facts(3), Duration.ofSeconds(2))).isTrue();
		assertThat(second.numbersAnew(facts(1), Duration.ofSeconds(2))).isFalse();
	}

	@Test
	void numberOfASessionSaysNothingOfAServerThatRanLongBefore() {
		assertThat(new ServerReading(facts(2), DAY, null).numbersAnew(facts(3), HOUR)).isFalse();
		assertThat(new ServerReading(facts(2), null, null).numbersAnew(facts(3), HOUR)).isFalse();
	}

	private static ServerSessionFacts facts(@Nullable String serverId, boolean readOnly) {
		return facts(serverId, readOnly, 1);
	}

	private static ServerSessionFacts facts(long connectionId) {
		return facts("a", false, connectionId);
	}

	private static ServerSessionFacts facts(@Nullable String serverId, boolean readOnly, long connectionId) {
		return new ServerSessionFacts(new ServerLimits(DAY, LimitSource.GLOBAL), connectionId, true, "MySQL", serverId,
				"9.7.4", readOnly, 151, 60, "app@%", null, DAY, 0);
	}

}
