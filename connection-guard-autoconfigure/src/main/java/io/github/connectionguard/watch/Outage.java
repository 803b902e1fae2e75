package io.github.connectionguard.watch;

import java.time.Duration;

import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.hikari.GuardedPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which the server of a pool cannot be reached, of which the beginning and
 * the end are told. Confined to the timer's thread.
 */
final class Outage {

	private static final Logger logger = LoggerFactory.getLogger(Outage.class);

	private final GuardedPool pool;

	private @Nullable Long since;

	Outage(GuardedPool pool) {
		this.pool = pool;
	}

	boolean isOn() {
		return this.since != null;
	}

	/**
	 * Note that the server cannot be reached.
	 * @param asked the reading of the ledger's clock when it was asked
	 * @param error the kind of failure
	 */
	void begin(long asked, @Nullable String error) {
		this.since = asked;
		logger.info("{} - The server cannot be reached: {}{}", this.pool, error,
				this.pool.isReportOnly() ? "" : ". Connects wait for it");
		this.pool.events().publish((name, at) -> new GuardEvent.OutageBegan(name, at, String.valueOf(error)));
	}

	/**
	 * Note that the server answers.
	 */
	void end() {
		Long began = this.since;
		if (began != null) {
			this.since = null;
			Duration lasted = Duration.ofNanos(this.pool.ledger().now() - began);
			logger.info("{} - The server answers again, after {} ms", this.pool, lasted.toMillis());
			this.pool.events().publish((name, at) -> new GuardEvent.OutageEnded(name, at, lasted));
		}
	}

}
