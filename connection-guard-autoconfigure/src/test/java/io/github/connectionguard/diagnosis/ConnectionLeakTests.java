package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionLeak}.
 */
class ConnectionLeakTests {

	@Test
	void leakIsToldWithWhatBecameOfItAndTheTimes() {
		assertThat(leak(true, null).describe()).isEqualTo("whoever borrowed it did not give it back, and it was taken "
				+ "out of the pool: borrowed 12.3 s ago, quiet in use for 2.0 s");
		assertThat(leak(false, null).describe()).contains("and it stays in use: borrowed 12.3 s ago");
	}

	@Test
	void whatToDoNamesThePlaceOrWhatRecordsIt() {
		assertThat(leak(true, "some.Place.of(Place.java:1)").remedy())
			.isEqualTo("close it where it was borrowed, at some.Place.of(Place.java:1)");
		assertThat(leak(true, null).remedy()).contains("leak-detection-threshold");
	}

	private static ConnectionLeak leak(boolean reclaimed, @Nullable String place) {
		return new ConnectionLeak(Duration.ofMillis(12_340), Duration.ofSeconds(2), reclaimed, place);
	}

}
