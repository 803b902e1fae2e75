package io.github.connectionguard.event;

import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to one pool. Thread-safe.
 */
public final class PoolEvents {

	private static final Logger logger = LoggerFactory.getLogger(PoolEvents.class);

	private final EventStream stream;

	private final Supplier<String> pool;

	private final PoolCounts counts = new PoolCounts();

	/**
	 * Create the events of a pool.
	 * @param stream where they are told
	 * @param pool tells the name of the pool
	 */
	public PoolEvents(EventStream stream, Supplier<String> pool) {
		this.stream = stream;
		this.pool = pool;
	}

	/**
	 * Count and tell what has happened now. Waits for nobody and does not throw.
	 * @param event makes the event of the name of the pool and the moment
	 */
	public void publish(BiFunction<String, Instant, GuardEvent> event) {
		try {
			GuardEvent happened = event.apply(this.pool.get(), Instant.now());
			this.counts.add(happened);
			this.stream.publish(happened);
		}
		catch (RuntimeException | Error ex) {
			logger.debug("An event could not be told", ex);
		}
	}

	/**
	 * Return what has happened so far, in numbers.
	 * @return the counts, which go on
	 */
	public PoolCounts counts() {
		return this.counts;
	}

}
