package io.github.connectionguard.samples;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleRing}.
 */
class SampleRingTests {

	private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

	private long now;

	private final SampleRing ring = new SampleRing(() -> this.now, () -> START.plusNanos(this.now));

	@Test
	void sampleHasTheMostOfItsLooks() {
		this.ring.look(1, 7, 0);
		after(1).look(8, 0, 5);
		after(3).look(2, 6, 0);
		assertThat(this.ring.samples()).isEmpty();
		after(1).look(3, 5, 1);
		assertThat(this.ring.samples()).containsExactly(new Sample(START.plusSeconds(5), 8, 5, 5, null));
		after(5).look(0, 8, 0);
		assertThat(this.ring.samples().get(0)).isEqualTo(new Sample(START.plusSeconds(10), 0, 8, 0, null));
	}

	@Test
	void sampleHasTheSlowestPingOfItsTimeAlone() {
		this.ring.pinged(Duration.ofMillis(3));
		this.ring.pinged(Duration.ofMillis(40));
		this.ring.pinged(Duration.ofMillis(2));
		after(5).look(0, 8, 0);
		after(5).look(0, 8, 0);
		assertThat(this.ring.samples()).extracting(Sample::slowestPing).containsExactly(null, Duration.ofMillis(40));
	}

	@Test
	void samplesGoBackForAQuarterOfAnHour() {
		for (int i = 1; i <= 1000; i++) {
			after(5).look(i, 0, 0);
		}
		List<Sample> samples = this.ring.samples();
		assertThat(samples).hasSize(180).extracting(Sample::active).startsWith(1000, 999).endsWith(822, 821);
		assertThat(samples.get(0).at()).isEqualTo(START.plusSeconds(5000));
	}

	@Test
	void whoWaitsIsKnownFromTheFirstLookOnThatFoundSomebody() {
		this.ring.look(8, 0, 0);
		assertThat(this.ring.waitingFor()).isNull();
		after(1).look(8, 0, 1);
		after(2).look(8, 0, 3);
		after(1);
		assertThat(this.ring.waitingFor()).isEqualTo(Duration.ofSeconds(3));
		after(1).look(8, 0, 0);
		assertThat(this.ring.waitingFor()).isNull();
	}

	private SampleRing after(int seconds) {
		this.now += Duration.ofSeconds(seconds).toNanos();
		return this.ring;
	}

}
