package io.github.connectionguard.watch;

import java.time.Duration;

import io.github.connectionguard.lifetime.RoundTripTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckRhythm}.
 */
class CheckRhythmTests {

	private static final Duration QUIET_LIMIT = Duration.ofSeconds(10);

	private static final int MINUTE = 60_000;

	private static final Duration UP = Duration.ofDays(1);

	private final CheckRhythm rhythm = new CheckRhythm(0, QUIET_LIMIT);

	private Duration waiting = Duration.ZERO;

	private Duration quiet = Duration.ZERO;

	private long suspectedAt;

	private boolean anybodyWaits = true;

	private boolean heard;

	private RoundTripTime path = RoundTripTime.UNKNOWN;

	@Test
	void serverThatIsHeardAndAnswersIsLeftAlone() {
		assertThat(isDue(MINUTE)).isFalse();
	}

	@Test
	void serverThatWasNotHeardForLongIsAsked() {
		this.quiet = QUIET_LIMIT.minusMillis(1);
		assertThat(isDue(MINUTE)).isFalse();
		this.quiet = QUIET_LIMIT;
		assertThat(isDue(MINUTE)).isTrue();
	}

	@Test
	void serverNobodyCaresForIsLeftAloneWhateverTheLimit() {
		CheckRhythm impatient = new CheckRhythm(0, Duration.ZERO);
		CheckReasons nobodyCares = new CheckReasons(0, Duration.ZERO, Duration.ZERO, false, false);
		assertThat(impatient.isDue(nanos(MINUTE), nobodyCares, Logins.NONE, this.path)).isFalse();
		CheckReasons quiet = new CheckReasons(0, Duration.ZERO, Duration.ofNanos(1), false, false);
		assertThat(impatient.isDue(nanos(MINUTE), quiet, Logins.NONE, this.path)).isTrue();
	}

	@Test
	void suspicionIsLookedIntoOnce() {
		this.suspectedAt = nanos(5000);
		assertThat(isDue(5000)).isTrue();
		begin(5001, Logins.NONE);
		this.rhythm.answered(nanos(5010), UP);
		assertThat(isDue(MINUTE)).isFalse();
	}

	@Test
	void suspicionThatComesAfterALookIsLookedIntoAfterARest() {
		begin(5000, Logins.NONE);
		this.suspectedAt = nanos(5005);
		this.rhythm.answered(nanos(5010), UP);
		assertThat(isDue(5100)).isFalse();
		assertThat(isDueSoon(5100)).isTrue();
		assertThat(isDue(5260)).isTrue();
	}

	@Test
	void suspicionsWithoutEndCostALoginInTenSecondsOnceTheCreditIsUsed() {
		int looks = 0;
		for (int millis = 1; millis <= 10 * MINUTE; millis += 10) {
			this.suspectedAt = nanos(millis);
			if (isDue(millis)) {
				begin(millis - 1, Logins.NONE);
				this.rhythm.answered(nanos(millis), UP);
				looks++;
			}
		}
		assertThat(looks).isBetween(60, 66);
		begin(10 * MINUTE, Logins.NONE);
		this.rhythm.answered(nanos(10 * MINUTE), UP);
		this.suspectedAt = nanos(10 * MINUTE + 1);
		assertThat(isDueSoon(10 * MINUTE + 1)).isFalse();
	}

	@Test
	void longWaitIsLookedIntoEachTimeItHasDoubled() {
		int looks = 0;
		for (int millis = 0; millis < MINUTE; millis += 250) {
			this.waiting = Duration.ofMillis(millis);
			if (isDue(millis)) {
				begin(millis, Logins.NONE);
				this.rhythm.answered(nanos(millis + 5), UP);
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
	void waitOfOneRoundTripIsNotLongOnASlowPath() {
		this.path = RoundTripTime.UNKNOWN.with(Duration.ofMillis(1500));
		this.waiting = Duration.ofMillis(1600);
		assertThat(isDue(MINUTE)).isFalse();
		this.waiting = this.path.limit(Duration.ZERO);
		assertThat(isDue(MINUTE)).isTrue();
	}

	@Test
	void loginWithATcpConnectionIsJoinedByOthersLessAndLessOften() {
		assertThat(looksIn(MINUTE, Logins.CONNECTED)).isEqualTo(5); // 0, 2, 6, 14, 30 s
		assertThat(looksIn(10 * MINUTE, Logins.CONNECTED)).isLessThan(25);
	}

	@Test
	void serverThatWasAwayHasTimeToLetAllItsClientsIn() {
		begin(1000, Logins.NONE);
		this.rhythm.failed(nanos(1001), false);
		begin(2000, Logins.NONE);
		assertThat(isDue(9999, Logins.CONNECTED)).isFalse();
		assertThat(isDue(10_000, Logins.CONNECTED)).isTrue();
		begin(10_000, Logins.CONNECTED);
		assertThat(isDue(13_999, Logins.CONNECTED)).isFalse();
		assertThat(isDue(14_000, Logins.CONNECTED)).isTrue();
	}

	@Test
	void waitIsNoReasonToLogInWhileAServerThatHasStartedLetsAllIn() {
		begin(1000, Logins.NONE);
		comeBack(9000, Duration.ofSeconds(8));
		this.waiting = Duration.ofMillis(1500);
		assertThat(this.rhythm.isLettingIn(nanos(9001))).isTrue();
		assertThat(isDue(23_999)).isFalse();
		assertThat(isDue(24_000)).isTrue();
	}

	@Test
	void lossIsAReasonToLogInAlsoThen() {
		begin(1000, Logins.NONE);
		comeBack(9000, Duration.ofSeconds(8));
		this.suspectedAt = nanos(10_000);
		assertThat(isDue(10_000)).isTrue();
	}

	@Test
	void serverThatWasOnlyOutOfReachHasNobodyToLetIn() {
		begin(1000, Logins.NONE);
		comeBack(9000, Duration.ofSeconds(13));
		assertThat(this.rhythm.isLettingIn(nanos(9001))).isFalse();
	}

	@Test
	void serverThatWasOnlySlowHasNobodyToLetIn() {
		begin(1000, Logins.NONE);
		this.rhythm.answered(nanos(9000), Duration.ZERO);
		assertThat(this.rhythm.isLettingIn(nanos(9001))).isFalse();
	}

	private void comeBack(long millis, Duration uptime) {
		this.rhythm.failed(nanos(millis - 2000), false);
		begin(millis - 1000, Logins.NONE);
		this.rhythm.answered(nanos(millis), uptime);
	}

	@Test
	void loginsOnASlowPathHaveTheirTime() {
		this.path = RoundTripTime.UNKNOWN.with(Duration.ofMillis(1500));
		assertThat(looksIn(12_000, Logins.CONNECTED)).isOne();
	}

	@Test
	void connectsWithoutAnAnswerAreBounded() {
		assertThat(looksIn(1500, Logins.CONNECTING)).isLessThanOrEqualTo(3);
		assertThat(looksIn(MINUTE, Logins.CONNECTING)).isBetween(100, 350);
		this.anybodyWaits = false;
		assertThat(looksIn(MINUTE, Logins.CONNECTING)).isBetween(40, 50);
	}

	@Test
	void loginsToAServerThatIsHeardDoNotPileUp() {
		this.heard = true;
		assertThat(looksIn(MINUTE, Logins.CONNECTING)).isLessThanOrEqualTo(6);
		assertThat(looksIn(MINUTE, Logins.CONNECTED)).isLessThanOrEqualTo(6);
	}

	@Test
	void endOfASilenceIsNoticedWithinAFractionOfASecond() {
		begin(1000, Logins.NONE);
		long late = 0;
		long last = 1000;
		for (int millis = 1001; millis < 21_000; millis++) {
			if (isDue(millis, Logins.CONNECTING)) {
				late = millis - last;
				last = millis;
				begin(millis, Logins.CONNECTING);
			}
		}
		assertThat(late).isBetween(100L, 150L);
	}

	@Test
	void refusedConnectsAreBounded() {
		assertThat(refusedConnectsInAMinute()).isBetween(200, 350);
		this.anybodyWaits = false;
		assertThat(refusedConnectsInAMinute()).isBetween(40, 50);
	}

	@Test
	void serverThatIsAwayIsLookedForLessAndLessOften() {
		assertThat(pauseAfterFailureFor(Duration.ofSeconds(1))).isEqualTo(60);
		assertThat(pauseAfterFailureFor(Duration.ofSeconds(20))).isBetween(200L, 205L);
		assertThat(pauseAfterFailureFor(Duration.ofMinutes(1))).isBetween(600L, 610L);
		assertThat(pauseAfterFailureFor(Duration.ofHours(1))).isEqualTo(1250);
	}

	@Test
	void loginThatWasGivenUpIsNotRepeatedAtOnce() {
		begin(1000, Logins.NONE);
		this.rhythm.failed(nanos(1500), true);
		assertThat(isDue(2999)).isFalse();
		assertThat(isDue(3000)).isTrue();
	}

	@Test
	void serverThatSaysItIsNotThereIsAskedTwiceASecond() {
		begin(1000, Logins.NONE);
		this.rhythm.turnedAway(nanos(1001));
		assertThat(isDue(1500)).isFalse();
		assertThat(isDue(1501)).isTrue();
	}

	@Test
	void serverThatLetsNobodyInIsLeftAlone() {
		this.suspectedAt = nanos(1000);
		begin(1000, Logins.NONE);
		this.suspectedAt = nanos(1005);
		this.rhythm.refused(nanos(1010));
		assertThat(isDue(61_000)).isFalse();
		assertThat(isDue(61_020)).isTrue();
	}

	private int looksIn(int time, Logins logins) {
		CheckRhythm silent = new CheckRhythm(0, QUIET_LIMIT);
		silent.began(0, Duration.ZERO, Logins.NONE);
		int looks = 1;
		for (int millis = 1; millis < time; millis++) {
			if (silent.isDue(nanos(millis), reasons(), logins, this.path)) {
				silent.began(nanos(millis), Duration.ZERO, logins);
				looks++;
			}
		}
		return looks;
	}

	private int refusedConnectsInAMinute() {
		CheckRhythm away = new CheckRhythm(0, QUIET_LIMIT);
		away.began(0, Duration.ZERO, Logins.NONE);
		away.failed(1, false);
		int connects = 1;
		for (int millis = 1; millis < MINUTE; millis++) {
			if (away.isDue(nanos(millis), reasons(), Logins.NONE, this.path)) {
				away.began(nanos(millis), Duration.ZERO, Logins.NONE);
				away.failed(nanos(millis) + 1, false);
				connects++;
			}
		}
		return connects;
	}

	private long pauseAfterFailureFor(Duration outage) {
		CheckRhythm away = new CheckRhythm(0, QUIET_LIMIT);
		away.began(0, Duration.ZERO, Logins.NONE);
		away.failed(1, false);
		long end = outage.toNanos();
		away.began(end, Duration.ZERO, Logins.NONE);
		away.failed(end, false);
		long pause = 0;
		while (!away.isDue(end + nanos(pause), reasons(), Logins.NONE, RoundTripTime.UNKNOWN)) {
			pause++;
		}
		return pause;
	}

	private CheckReasons reasons() {
		return new CheckReasons(this.suspectedAt, this.waiting, this.quiet, this.anybodyWaits, this.heard);
	}

	private boolean isDueSoon(long millis) {
		return this.rhythm.isDueSoon(nanos(millis), reasons());
	}

	private boolean isDue(long millis) {
		return isDue(millis, Logins.NONE);
	}

	private boolean isDue(long millis, Logins logins) {
		return this.rhythm.isDue(nanos(millis), reasons(), logins, this.path);
	}

	private void begin(long millis, Logins logins) {
		this.rhythm.began(nanos(millis), this.waiting, logins);
	}

	private static long nanos(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
