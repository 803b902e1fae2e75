package io.github.connectionguard.hikari;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.connectionguard.hikari.Reachability.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one pool when the application starts, and while its server is away looks for it
 * with logins of its own, so that what is known of it stays true. A login the server
 * refused is not repeated: that could lock the account.
 */
public final class PoolOpening {

	private static final Logger logger = LoggerFactory.getLogger(PoolOpening.class);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private final GuardedPool pool;

	private final ReentrantLock running = new ReentrantLock();

	private volatile boolean stopped;

	private volatile boolean opened;

	private Duration pause = FIRST_PAUSE;

	/**
	 * Create the opening of a pool.
	 * @param pool the pool
	 */
	public PoolOpening(GuardedPool pool) {
		this.pool = pool;
		this.opened = !pool.isEager();
	}

	/**
	 * Tell whether there is anything to do. Asks nobody and waits for nothing.
	 * @return whether {@link #run()} should be called
	 */
	public boolean isDue() {
		Reachability known = this.pool.reachability();
		return !this.opened || (known.status() == Status.UNREACHABLE && !known.refused());
	}

	/**
	 * Do what there is to do: open the pool, or look for its server. May take as long as
	 * a connect does.
	 * @return how long to wait before the next call
	 */
	public Duration run() {
		if (!this.running.tryLock()) {
			return FIRST_PAUSE;
		}
		try {
			return (this.stopped || this.pool.isClosed()) ? LONGEST_PAUSE : attempt();
		}
		finally {
			this.running.unlock();
		}
	}

	private Duration attempt() {
		Reachability known = this.pool.reachability();
		if (!this.opened && known.status() != Status.UNREACHABLE) {
			return open();
		}
		if (known.status() != Status.UNREACHABLE || known.refused()) {
			this.pause = FIRST_PAUSE;
			return FIRST_PAUSE;
		}
		this.pool.login();
		if (this.pool.reachability().status() == Status.REACHABLE) {
			return this.opened ? FIRST_PAUSE : open();
		}
		Duration next = this.pause;
		this.pause = (next.compareTo(LONGEST_PAUSE) < 0) ? next.multipliedBy(2) : LONGEST_PAUSE;
		return next;
	}

	private Duration open() {
		try {
			this.pool.open();
			this.opened = true;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("{} - Could not be opened in advance", this.pool, ex);
		}
		return FIRST_PAUSE;
	}

	/**
	 * Do nothing any more, and wait for what is under way.
	 * @param limit how long to wait
	 */
	public void stop(Duration limit) {
		this.stopped = true;
		try {
			if (this.running.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
				this.running.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
