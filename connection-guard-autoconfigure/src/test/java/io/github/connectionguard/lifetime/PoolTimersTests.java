package io.github.connectionguard.lifetime;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolTimers}.
 */
class PoolTimersTests {

	@ParameterizedTest
	@CsvSource({ "54000, 20000, 'max-lifetime 1800 s -> 54 s, keepalive-time 120 s -> 20 s'",
			"570000, 120000, max-lifetime 1800 s -> 570 s", "1800000, 0, keepalive-time 120 s -> off",
			"1800000, 120000, ''", "1800500, 120000, max-lifetime 1800000 ms -> 1800500 ms" })
	void onlyTimersThatDifferAreAChange(long maxLifetime, long keepalive, String change) {
		assertThat(timers(maxLifetime, keepalive).changeFrom(timers(1_800_000, 120_000))).isEqualTo(change);
	}

	private static PoolTimers timers(long maxLifetime, long keepalive) {
		return new PoolTimers(Duration.ofMillis(maxLifetime), Duration.ofMillis(keepalive));
	}

}
