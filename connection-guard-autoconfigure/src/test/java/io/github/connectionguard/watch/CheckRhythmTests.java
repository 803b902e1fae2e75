package io.github.connectionguard.watch;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckRhythm}.
 */
class CheckRhythmTests {

	private static final Duration QUIET_LIMIT = Duration.ofSeconds(10);

	private final CheckRhythm rhythm = new CheckRhythm(0, QUIET_LIMIT);

	private Duration waiting = Duration.ZERO;

	private Duration quiet = Duration.ZERO;

	private long suspectedAt;

	private boolean heard;

	@Test
	void serverThatIsHeardAndAnswersIsLeftAlone() {
		assertThat(isDue(60_000)).isFalse();
	}

	@Test
	void serverThatWasNotHeardForLongIsAsked() {
		this.quiet = QUIET_LIMIT.minusMillis(1);
		assertThat(isDue(60_000)).isFalse();
		this.quiet = QUIET_LIMIT;
		assertThat(isDue(60_000)).isTrue();
	}

	@Test
	void suspicionIsLookedIntoOnce() {
		this.suspectedAt = nanos(5000);
		assertThat(isDue(5000)).isTrue();
		begin(5001);
		this.rhythm.answered(nanos(5010));
		assertThat(isDue(60_000)).isFalse();
	}

	@Test
	void suspicionThatComesAfterALookIsLookedIntoAfterARest() {
		begin(5000);
		this.suspectedAt = nanos(5005);
		this.rhythm.answered(nanos(5010));
		assertThat(isDue(5100)).isFalse();
		assertThat(isDue(5260)).isTrue();
	}

	@Test
	void longWaitIsLookedIntoEachTimeItHasDoubled() {
		int looks = 0;
		for (int millis = 0; millis < 60_000; millis += 250) {
			this.waiting = Duration.ofMillis(millis);
			if (isDue(millis)) {
				begin(millis);
				this.rhythm.answered(nanos(millis + 5));
				looks++;
			}
		}
		assertThat(looks).isEqualTo(6); // after 1, 2, 4, 8, 16 and 32 s
		this.waiting = Duration.ofMillis(10);
		assertThat(isDue(70_000)).isFalse();
		this.waiting = Duration.ofMillis(1000);
		assertThat(isDue(71_000)).isTrue();
	}

	@Test
	void loginThatIsSlowIsNotJoinedByOthersAtOnce() {
		begin(1000);
		assertThat(isDue(1499)).isFalse();
		assertThat(isDue(1500)).isTrue();
	}

	@Test
	void loginsToAServerThatIsHeardDoNotPileUp() {
		begin(1000);
		this.heard = true;
		assertThat(isDue(1500)).isTrue();
		begin(1500);
		assertThat(isDue(2499)).isFalse();
		assertThat(isDue(2500)).isTrue();
	}

	@Test
	void endOfAnOutageIsNoticedWithinASmallPartOfIt() {
		this.suspectedAt = nanos(1000);
		begin(1000);
		long late = 0;
		long last = 1000;
		for (int millis = 1001; millis < 21_000; millis++) {
			if (isDue(millis)) {
				late = millis - last;
				last = millis;
				begin(millis);
			}
		}
		assertThat(late).isBetween(60L, 70L);
	}

	@Test
	void serverThatIsAwayIsLookedForLessAndLessOften() {
		assertThat(pauseAfterFailureFor(Duration.ofSeconds(1))).isEqualTo(60);
		assertThat(pauseAfterFailureFor(Duration.ofMinutes(1))).isEqualTo(200);
		assertThat(pauseAfterFailureFor(Duration.ofHours(1))).isEqualTo(1000);
	}

	@Test
	void serverThatLetsNobodyInIsLeftAlone() {
		this.suspectedAt = nanos(1000);
		begin(1000);
		this.suspectedAt = nanos(1005);
		this.rhythm.refused(nanos(1010));
		assertThat(isDue(61_000)).isFalse();
		assertThat(isDue(61_020)).isTrue();
	}

	private long pauseAfterFailureFor(Duration outage) {
		CheckRhythm away = new CheckRhythm(0, QUIET_LIMIT);
		away.began(0, Duration.ZERO, false);
		away.failed(1);
		long end = outage.toNanos();
		away.began(end, Duration.ZERO, false);
		away.failed(end);
		long pause = 0;
		while (!away.isDue(end + nanos(pause), 0, Duration.ZERO, Duration.ZERO)) {
			pause++;
		}
		return pause;
	}

	private boolean isDue(long millis) {
		return this.rhythm.isDue(nanos(millis), this.suspectedAt, this.waiting, this.quiet);
	}

	private void begin(long millis) {
		this.rhythm.began(nanos(millis), this.waiting, this.heard);
	}

	private static long nanos(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
