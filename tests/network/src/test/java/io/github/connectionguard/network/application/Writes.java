package io.github.connectionguard.network.application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The writes of an application that were asked for together. Safe for use by several
 * threads.
 */
public final class Writes {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final List<Write> all = new ArrayList<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	synchronized void add(Write write) {
		this.all.add(write);
	}

	void end() {
		this.ended.complete(null);
	}

	/**
	 * Waits until the caller of each was told.
	 * @return this
	 */
	public Writes await() {
		this.ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
		return this;
	}

	public synchronized List<Write> all() {
		return List.copyOf(this.all);
	}

	public List<Write> failures() {
		return all().stream().filter(Write::failed).toList();
	}

	public int failed() {
		return failures().size();
	}

	/**
	 * Returns how many of those failed that began after some moment.
	 * @param moment the moment
	 * @return their number
	 */
	public int failedAfter(long moment) {
		return (int) failures().stream().filter((write) -> write.begin() - moment > 0).count();
	}

	/**
	 * Returns how long the slowest that succeeded took.
	 * @return its latency, zero if none succeeded
	 */
	public Duration slowest() {
		return slowest(successes());
	}

	/**
	 * Returns how long the slowest that failed took.
	 * @return its latency, zero if none failed
	 */
	public Duration slowestFailure() {
		return slowest(failures().stream());
	}

	private static Duration slowest(Stream<Write> writes) {
		return writes.map(Write::latency).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
	}

	/**
	 * Returns how long it took from some moment until one succeeded.
	 * @param moment the moment
	 * @return the time, more than anybody waits if none did
	 */
	public Duration firstSuccessAfter(long moment) {
		return successes().map((write) -> Duration.ofNanos(write.end() - moment))
			.filter((time) -> !time.isNegative())
			.min(Comparator.naturalOrder())
			.orElse(PATIENCE);
	}

	private Stream<Write> successes() {
		return all().stream().filter((write) -> !write.failed());
	}

}
