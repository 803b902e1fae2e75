package io.github.connectionguard.samples;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What a pool looked like in the last {@link #SPAN}, one sample for each
 * {@link #INTERVAL}, made of as many looks as there were. Needs the same memory however
 * long it goes on. Thread-safe.
 */
public final class SampleRing {

	/**
	 * What one sample stands for.
	 */
	public static final Duration INTERVAL = Duration.ofSeconds(5);

	/**
	 * How far back the samples go.
	 */
	public static final Duration SPAN = Duration.ofMinutes(15);

	private static final int CAPACITY = (int) (SPAN.toSeconds() / INTERVAL.toSeconds());

	private static final long NO_PING = -1;

	private final LongSupplier ticker;

	private final InstantSource clock;

	private final LongAccumulator slowestPing = new LongAccumulator(Math::max, NO_PING);

	private final long[] moments = new long[CAPACITY];

	private final int[] active = new int[CAPACITY];

	private final int[] idle = new int[CAPACITY];

	private final int[] waiting = new int[CAPACITY];

	private final long[] pings = new long[CAPACITY];

	private long taken;

	private long begun;

	private int mostActive;

	private int mostWaiting;

	private @Nullable Long waitingSince;

	/**
	 * Create a ring without samples.
	 * @param ticker a clock of nanoseconds, as {@link System#nanoTime()}
	 * @param clock tells the moments
	 */
	public SampleRing(LongSupplier ticker, InstantSource clock) {
		this.ticker = ticker;
		this.clock = clock;
		this.begun = ticker.getAsLong();
	}

	/**
	 * Note what the pool looks like now.
	 * @param inUse the connections in use
	 * @param notInUse the connections not in use
	 * @param threads the threads that wait for a connection
	 */
	public synchronized void look(int inUse, int notInUse, int threads) {
		long now = this.ticker.getAsLong();
		this.mostActive = Math.max(this.mostActive, inUse);
		this.mostWaiting = Math.max(this.mostWaiting, threads);
		if (threads == 0) {
			this.waitingSince = null;
		}
		else if (this.waitingSince == null) {
			this.waitingSince = now;
		}
		if (now - this.begun >= INTERVAL.toNanos()) {
			take(notInUse);
			this.begun = now;
		}
	}

	private void take(int notInUse) {
		int place = (int) (this.taken % CAPACITY);
		this.moments[place] = this.clock.millis();
		this.active[place] = this.mostActive;
		this.idle[place] = notInUse;
		this.waiting[place] = this.mostWaiting;
		this.pings[place] = this.slowestPing.getThenReset();
		this.taken++;
		this.mostActive = 0;
		this.mostWaiting = 0;
	}

	/**
	 * Note a ping. Takes no lock.
	 * @param took how long it took until it was answered or given up
	 */
	public void pinged(Duration took) {
		this.slowestPing.accumulate(took.toNanos());
	}

	/**
	 * Return the samples there are.
	 * @return the samples, the last one first
	 */
	public synchronized List<Sample> samples() {
		List<Sample> samples = new ArrayList<>();
		for (long number = this.taken - 1; number >= Math.max(0, this.taken - CAPACITY); number--) {
			int place = (int) (number % CAPACITY);
			samples.add(new Sample(Instant.ofEpochMilli(this.moments[place]), this.active[place], this.idle[place],
					this.waiting[place], (this.pings[place] != NO_PING) ? Duration.ofNanos(this.pings[place]) : null));
		}
		return samples;
	}

	/**
	 * Return for how long each look has found somebody who waits.
	 * @return the time, or {@code null} if the last look found nobody
	 */
	public synchronized @Nullable Duration waitingFor() {
		return (this.waitingSince != null) ? Duration.ofNanos(this.ticker.getAsLong() - this.waitingSince) : null;
	}

}
