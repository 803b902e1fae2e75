package io.github.connectionguard.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The latest events, at most {@value #CAPACITY}. Thread-safe, without locks.
 */
public final class FlightRecorder {

	/**
	 * How many events are kept.
	 */
	public static final int CAPACITY = 500;

	private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(CAPACITY);

	private final AtomicLong next = new AtomicLong();

	void record(GuardEvent event) {
		Entry entry = new Entry(this.next.getAndIncrement(), event);
		this.entries.accumulateAndGet((int) (entry.number % CAPACITY), entry, FlightRecorder::later);
	}

	private static @Nullable Entry later(@Nullable Entry one, @Nullable Entry other) {
		return (one != null && other != null && one.number > other.number) ? one : other;
	}

	/**
	 * Return the latest events. One that is being recorded may be missing.
	 * @return the events, the oldest first
	 */
	public List<GuardEvent> events() {
		List<GuardEvent> events = new ArrayList<>();
		long end = this.next.get();
		for (long number = Math.max(0, end - CAPACITY); number < end; number++) {
			Entry entry = this.entries.get((int) (number % CAPACITY));
			if (entry != null && entry.number == number) {
				events.add(entry.event);
			}
		}
		return events;
	}

	/**
	 * One event.
	 *
	 * @param number how many went before
	 * @param event the event
	 */
	private record Entry(long number, GuardEvent event) {

	}

}
