package io.github.connectionguard.advice;

import java.time.Duration;

import io.github.connectionguard.lifetime.PoolTimers;

/**
 * The times and sizes of a pool, either as they were asked for or as the pool took them.
 *
 * @param timers how old and how quiet a connection may get
 * @param idleTimeout how long a spare connection may be idle, zero for ever
 * @param leakDetection how long a connection may be lent, zero for ever
 * @param validationTimeout how long the pool waits for one validation
 * @param connectionTimeout how long a borrower waits for a connection
 * @param minimumIdle how many idle connections the pool keeps, negative if nothing was
 * asked for
 * @param maximumPoolSize the most connections the pool may have, negative if nothing was
 * asked for
 */
public record PoolNumbers(PoolTimers timers, Duration idleTimeout, Duration leakDetection, Duration validationTimeout,
		Duration connectionTimeout, int minimumIdle, int maximumPoolSize) {

	/**
	 * Return these numbers with other timers.
	 * @param other the timers
	 * @return the numbers
	 */
	public PoolNumbers with(PoolTimers other) {
		return new PoolNumbers(other, this.idleTimeout, this.leakDetection, this.validationTimeout,
				this.connectionTimeout, this.minimumIdle, this.maximumPoolSize);
	}

}
