package io.github.connectionguard.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The question that a refusal to write gives rise to: whether the server has become
 * read-only, or connections lead elsewhere than a fresh login does. While it is being
 * looked into, connections should not be lent. Knows no clock. Thread-safe.
 */
final class RefusedWrites {

	/**
	 * A server that was found to be read-only may be about to be replaced; the longer it
	 * has not been, the later that may be noticed. After a refusal that meant nothing,
	 * others may mean nothing, too.
	 */
	private static final long FIRST_PAUSE = Duration.ofMillis(250).toNanos();

	private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

	/**
	 * After this time without one, a refusal is the first.
	 */
	private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();

	private final AtomicReference<@Nullable Question> last = new AtomicReference<>();

	/**
	 * A write was refused.
	 * @param now the time
	 * @return whether that has to be looked into, and is not yet
	 */
	boolean isQuestion(long now) {
		Question before = this.last.get();
		return (before == null || before.isOver(now)) && this.last.compareAndSet(before, Question.after(before, now));
	}

	/**
	 * Tell whether it is being looked into.
	 */
	boolean isLookedInto() {
		Question current = this.last.get();
		return current != null && !current.answered.isDone();
	}

	/**
	 * Wait until it was looked into, if it is being. Whoever waits in vain is the last to
	 * wait for it.
	 * @param limit how long to wait at most
	 */
	void await(Duration limit) {
		Question current = this.last.get();
		if (current != null) {
			current.await(limit);
		}
	}

	/**
	 * A login came to an end.
	 * @param begin when it began
	 * @param now the time
	 * @param moved whether connections were found to lead elsewhere
	 */
	void lookedInto(long begin, long now, boolean moved) {
		Question current = this.last.get();
		if (current != null && current.since - begin <= 0) {
			current.answer(now, moved);
		}
	}

	/**
	 * Nobody is about to look into it: nobody should wait.
	 * @param now the time
	 */
	void leftOpen(long now) {
		Question current = this.last.get();
		if (current != null && current.since - now <= 0) {
			current.answer(now, false);
		}
	}

	/**
	 * One question.
	 */
	private static final class Question {

		private final CompletableFuture<Long> answered = new CompletableFuture<>();

		private final long since;

		private final long pause;

		private volatile boolean moved;

		Question(long since, long pause) {
			this.since = since;
			this.pause = pause;
		}

		static Question after(@Nullable Question before, long now) {
			if (before == null || before.moved || now - before.since > FORGOTTEN) {
				return new Question(now, FIRST_PAUSE);
			}
			return new Question(now, Math.min(2 * before.pause, LONGEST_PAUSE));
		}

		void answer(long now, boolean moved) {
			this.moved |= moved;
			this.answered.complete(now);
		}

		boolean isOver(long now) {
			return this.answered.isDone() && now - this.answered.join() > this.pause;
		}

		void await(Duration limit) {
			if (!this.answered.isDone()) {
				try {
					this.answered.get(limit.toNanos(), TimeUnit.NANOSECONDS);
				}
				catch (TimeoutException ex) {
					answer(this.since + limit.toNanos(), false); // nobody waits after us
				}
				catch (ExecutionException ex) {
					throw new IllegalStateException(ex);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

}
