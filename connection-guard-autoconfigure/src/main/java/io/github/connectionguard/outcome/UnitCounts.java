package io.github.connectionguard.outcome;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often units of work have ended which way. Thread-safe; nothing is locked where a
 * unit ends.
 */
public final class UnitCounts {

	private final Map<UnitEnd, LongAdder> ends = Stream.of(UnitEnd.values())
		.collect(Collectors.toUnmodifiableMap(Function.identity(), (end) -> new LongAdder()));

	private volatile Consumer<UnitEnd> listener;

	/**
	 * Create counts that are zero.
	 */
	public UnitCounts() {
		this((end) -> {
		});
	}

	/**
	 * Create counts that are zero.
	 * @param told is told on the thread of the unit; must neither block nor throw
	 */
	public UnitCounts(Consumer<UnitEnd> told) {
		this.listener = told;
	}

	/**
	 * Have somebody told on the thread of the unit, where that has ended.
	 * @param told must neither block nor throw
	 */
	public synchronized void whenEnded(Consumer<UnitEnd> told) {
		this.listener = this.listener.andThen(told);
	}

	/**
	 * Count a unit that had something to end.
	 * @param end how it ended
	 */
	public void ended(UnitEnd end) {
		adder(end).increment();
		this.listener.accept(end);
	}

	/**
	 * Return how many units have ended in a way.
	 * @param end the way
	 * @return the number, which only grows
	 */
	public long count(UnitEnd end) {
		return adder(end).sum();
	}

	private LongAdder adder(UnitEnd end) {
		LongAdder adder = this.ends.get(end);
		if (adder == null) {
			throw new IllegalStateException("No count of " + end);
		}
		return adder;
	}

}
