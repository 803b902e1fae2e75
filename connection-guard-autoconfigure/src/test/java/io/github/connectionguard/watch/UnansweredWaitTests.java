package io.github.connectionguard.watch;

import java.time.Duration;

import io.github.connectionguard.lifetime.RoundTripTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnansweredWait}.
 */
class UnansweredWaitTests {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 5, 8, 12, 20, 60, 300, 900 })
	void lastsUntilTcpHasSentAgain(int seconds) {
		Duration silence = Duration.ofSeconds(seconds);
		assertThat(end(silence)).isGreaterThan(sentAgainAfter(silence));
	}

	@Test
	void lastsTwiceAsLongAsTheSilence() {
		assertThat(end(Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(81));
		assertThat(end(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(721));
	}

	/**
	 * With a pause of 200 ms first and twice the last one from then on, the ninth of a
	 * packet is sent after 51 s.
	 */
	@Test
	void lastsUntilAPacketThatIsLostWasSentNineTimes() {
		assertThat(end(Duration.ofMillis(100))).isEqualTo(Duration.ofMinutes(1));
	}

	private static Duration end(Duration silence) {
		long end = new UnansweredWait(1, 1 + silence.toNanos()).end(RoundTripTime.UNKNOWN);
		return Duration.ofNanos(end - 1);
	}

	private static Duration sentAgainAfter(Duration silence) {
		Duration sent = Duration.ZERO;
		Duration pause = FIRST_PAUSE;
		while (sent.compareTo(silence) <= 0) {
			sent = sent.plus(pause);
			pause = (pause.compareTo(LONGEST_PAUSE.dividedBy(2)) > 0) ? LONGEST_PAUSE : pause.multipliedBy(2);
		}
		return sent;
	}

}
