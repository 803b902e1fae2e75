package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionRetirement}.
 */
class ConnectionRetirementTests {

	/**
	 * HikariCP takes up to a quarter off the lifetime, and finds what is not needed
	 * within half a minute.
	 */
	@ParameterizedTest
	@CsvSource({ "1800, , , MAX_LIFETIME", "1350, 5, , MAX_LIFETIME", "1349, 5, , EVICTED",
			"1800, 5, 600, MAX_LIFETIME", "1700, 1650, 600, MAX_LIFETIME", "1700, 620, 600, IDLE_TIMEOUT",
			"900, 620, 600, IDLE_TIMEOUT", "900, 800, 600, IDLE_TIMEOUT", "900, , 600, IDLE_TIMEOUT",
			"900, 599, 600, EVICTED", "900, 620, , EVICTED" })
	void whatThePoolDoesByItselfGoesByAgeAndIdleTime(long age, @Nullable Long borrowed, @Nullable Long idleTimeout,
			RetirementCause cause) {
		assertThat(retirement(null, age, borrowed, 1800L, idleTimeout).cause()).isEqualTo(cause);
	}

	@Test
	void withoutAPlanThereIsNoPlannedEnd() {
		assertThat(retirement(null, 7200, 5L, null, null).cause()).isEqualTo(RetirementCause.EVICTED);
	}

	@ParameterizedTest
	@EnumSource
	void whatThisEndHasAskedForCounts(RetirementCause told) {
		ConnectionRetirement retirement = retirement(told, 1800, 700L, 1800L, 600L);
		assertThat(retirement.cause()).isEqualTo(told);
		assertThat(retirement.describe()).endsWith("last borrowed 700.0 s ago, 1800.0 s old")
			.doesNotContain(" or ")
			.doesNotContain("null");
	}

	@Test
	void plannedEndIsToldWithTheLimitAndTheTimes() {
		assertThat(retirement(null, 1500, null, 1800L, null).describe())
			.isEqualTo("it had come to its planned end (max-lifetime is 1800.0 s): never borrowed, 1500.0 s old");
		assertThat(retirement(null, 700, 610L, 1800L, 600L).describe())
			.isEqualTo("the pool had more connections than it needed (idle-timeout is 600.0 s): last borrowed 610.0 s "
					+ "ago, 700.0 s old");
	}

	private static ConnectionRetirement retirement(@Nullable RetirementCause told, long age, @Nullable Long borrowed,
			@Nullable Long maxLifetime, @Nullable Long idleTimeout) {
		return new ConnectionRetirement(told, Duration.ofSeconds(age), seconds(borrowed), seconds(maxLifetime),
				seconds(idleTimeout));
	}

	private static @Nullable Duration seconds(@Nullable Long seconds) {
		return (seconds != null) ? Duration.ofSeconds(seconds) : null;
	}

}
