package io.github.connectionguard.lifetime;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoundTripTime}.
 */
class RoundTripTimeTests {

	private static final Duration LEAST = Duration.ofMillis(100);

	@Test
	void fastPathIsGivenTheLeast() {
		assertThat(RoundTripTime.UNKNOWN.limit(LEAST)).isEqualTo(LEAST);
		assertThat(steady(1, 20).limit(LEAST)).isEqualTo(LEAST);
	}

	@Test
	void slowPathIsGivenTwiceWhatItTakes() {
		assertThat(steady(1500, 50).limit(LEAST)).isBetween(Duration.ofMillis(3000), Duration.ofMillis(3100));
	}

	@Test
	void pathThatVariesIsGivenMore() {
		RoundTripTime path = RoundTripTime.UNKNOWN;
		for (int i = 0; i < 50; i++) {
			path = path.with(Duration.ofMillis((i % 2 == 0) ? 150 : 450));
		}
		assertThat(path.limit(LEAST)).isGreaterThan(Duration.ofMillis(900));
	}

	@Test
	void oneFastAnswerIsEnoughAfterAServerStoodStill() {
		RoundTripTime path = steady(1, 20);
		for (int i = 0; i < 8; i++) {
			path = path.with(Duration.ofSeconds(60));
		}
		assertThat(path.limit(LEAST)).isEqualTo(Duration.ofSeconds(10));
		assertThat(path.with(Duration.ofMillis(1)).limit(LEAST)).isEqualTo(LEAST);
	}

	private static RoundTripTime steady(int millis, int times) {
		RoundTripTime path = RoundTripTime.UNKNOWN;
		for (int i = 0; i < times; i++) {
			path = path.with(Duration.ofMillis(millis));
		}
		return path;
	}

}
