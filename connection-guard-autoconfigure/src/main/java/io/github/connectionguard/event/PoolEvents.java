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
	 * Tell what has happened now. Waits for nobody and does not throw.
	 * @param event makes the event of the name of the pool and the moment
	 */
	public void publish(BiFunction<String, Instant, GuardEvent> event) {
		try {
			this.stream.publish(event.apply(this.pool.get(), Instant.now()));
		}
		catch (RuntimeException | Error ex) {
			logger.debug("An event could not be told", ex);
		}
	}

}
