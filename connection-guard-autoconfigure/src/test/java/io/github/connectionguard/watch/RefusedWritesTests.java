package io.github.connectionguard.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RefusedWrites}.
 */
class RefusedWritesTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final RefusedWrites refusals = new RefusedWrites();

	@Test
	void isLookedIntoOnceAtATime() {
		assertThat(isQuestion(0)).isTrue();
		assertThat(isQuestion(1)).isFalse();
		assertThat(isQuestion(60_000)).isFalse();
	}

	@Test
	void whoWaitsGoesOnWhenALoginThatBeganLaterIsAnswered() {
		assertThat(isQuestion(5)).isTrue();
		CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> this.refusals.await(LONG));
		lookedInto(4, 8, false);
		assertThat(isQuestion(8 + 251)).isFalse();
		lookedInto(6, 9, false);
		Awaitility.await().until(waiting::isDone);
	}

	@Test
	void nobodyWaitsForWhatIsNotLookedInto() {
		assertThat(isQuestion(5)).isTrue();
		this.refusals.leftOpen(nanos(6));
		CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> this.refusals.await(LONG));
		Awaitility.await().until(waiting::isDone);
	}

	@Test
	void whoWaitsInVainIsTheLastToWait() {
		assertThat(isQuestion(5)).isTrue();
		this.refusals.await(Duration.ofMillis(1));
		CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> this.refusals.await(LONG));
		Awaitility.await().until(waiting::isDone);
		assertThat(isQuestion(5 + 1 + 251)).isTrue();
	}

	@Test
	void questionOfAMomentAgoIsNotLeftOpen() {
		assertThat(isQuestion(7)).isTrue();
		this.refusals.leftOpen(nanos(6));
		assertThat(isQuestion(7 + 251)).isFalse();
	}

	@Test
	void laterOnesAreLookedIntoAfterPausesThatDouble() {
		int now = 0;
		for (int pause : new int[] { 250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000 }) {
			assertThat(isQuestion(now)).isTrue();
			lookedInto(now, now, false);
			assertThat(isQuestion(now + pause)).isFalse();
			now += pause + 1;
		}
	}

	@Test
	void pausesAreShortAgainAfterAMoveAndAfterAMinute() {
		assertThat(isQuestion(0)).isTrue();
		lookedInto(0, 0, false);
		assertThat(isQuestion(251)).isTrue();
		lookedInto(251, 251, true);
		assertThat(isQuestion(752)).isTrue();
		lookedInto(752, 752, false);
		assertThat(isQuestion(1003)).isTrue();
		lookedInto(1003, 1003, false);
		assertThat(isQuestion(70_000)).isTrue();
		lookedInto(70_000, 70_000, false);
		assertThat(isQuestion(70_251)).isTrue();
	}

	private boolean isQuestion(int millis) {
		return this.refusals.isQuestion(nanos(millis));
	}

	private void lookedInto(int begin, int end, boolean moved) {
		this.refusals.lookedInto(nanos(begin), nanos(end), moved);
	}

	private static long nanos(int millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
