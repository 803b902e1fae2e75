package io.github.connectionguard.hikari;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.connectionguard.hikari.Reachability.Status;
import io.github.connectionguard.lifetime.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one pool when the application starts, and until then, while its server is away,
 * looks for it with logins of its own, so that what is known of it stays true. A login
 * the server refused is not repeated soon: that could lock the account.
 */
public final class PoolOpening {

	private static final Logger logger = LoggerFactory.getLogger(PoolOpening.class);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private final GuardedPool pool;

	private final ReentrantLock running = new ReentrantLock();

	private volatile boolean stopped;

	private volatile boolean opened;

	private volatile long notBefore;

	private Duration pause = FIRST_PAUSE;

	/**
	 * Create the opening of a pool.
	 * @param pool the pool
	 */
	public PoolOpening(GuardedPool pool) {
		this.pool = pool;
		this.opened = !pool.isEager();
		this.notBefore = pool.ledger().now();
	}

	/**
	 * Tell whether there is anything to do. Asks nobody and waits for nothing.
	 * @return whether {@link #run()} should be called
	 */
	public boolean isDue() {
		if (this.pool.ledger().now() - this.notBefore < 0) {
			return false;
		}
		Reachability known = this.pool.reachability();
		if (known.refused() && this.pool.ledger().now() - known.at() < LONGEST_PAUSE.toNanos()) {
			return false;
		}
		return !this.opened || (!this.pool.isStarted() && known.status() == Status.UNREACHABLE);
	}

	/**
	 * Do what there is to do: open the pool, or look for its server. May take as long as
	 * a connect does; called meanwhile by another thread, it does nothing.
	 */
	public void run() {
		if (this.running.tryLock()) {
			try {
				if (!this.stopped && !this.pool.isClosed()) {
					Duration rest = attempt();
					this.notBefore = this.pool.ledger().now() + rest.toNanos();
				}
			}
			finally {
				this.running.unlock();
			}
		}
	}

	/**
	 * Try once.
	 * @return how long to leave the server alone
	 */
	private Duration attempt() {
		Status known = this.pool.reachability().status();
		if (known == Status.UNREACHABLE) {
			this.pool.login();
			known = this.pool.reachability().status();
		}
		if (known == Status.UNREACHABLE) {
			Duration rest = this.pause;
			this.pause = Durations.min(rest.multipliedBy(2), LONGEST_PAUSE);
			return rest;
		}
		this.pause = FIRST_PAUSE;
		if (!this.opened) {
			open();
		}
		return FIRST_PAUSE;
	}

	private void open() {
		try {
			this.pool.open();
			this.opened = true;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("{} - Could not be opened in advance", this.pool, ex);
		}
	}

	/**
	 * Do nothing any more.
	 */
	public void stop() {
		this.stopped = true;
	}

	/**
	 * Wait for what is under way.
	 * @param limit how long to wait; not at all if it is not positive
	 */
	public void await(Duration limit) {
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
