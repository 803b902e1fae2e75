package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.report.Reachability;
import io.github.connectionguard.report.Reachability.Status;
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

	private final PoolInternals internals;

	private final ReentrantLock running = new ReentrantLock();

	private volatile boolean stopped;

	private volatile boolean opened;

	private volatile long notBefore;

	private Duration pause = FIRST_PAUSE;

	PoolOpening(GuardedPool pool, boolean eager, PoolInternals internals) {
		this.pool = pool;
		this.internals = internals;
		this.opened = !eager || pool.isReportOnly();
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
		Reachability known = this.pool.server().reachability();
		if (known.refused() && this.pool.ledger().now() - known.at() < LONGEST_PAUSE.toNanos()) {
			return false;
		}
		return !this.opened || isToBeAsked() || (!this.pool.isStarted() && known.status() == Status.UNREACHABLE);
	}

	/**
	 * Tell whether a login of the guard's own has to ask what connections that are only
	 * observed cannot be asked.
	 */
	private boolean isToBeAsked() {
		return this.pool.isReportOnly() && this.pool.isStarted() && this.pool.planning().isToBeReported();
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
		Status known = this.pool.server().reachability().status();
		if (known == Status.UNREACHABLE) {
			this.pool.server().tryLogin();
			known = this.pool.server().reachability().status();
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
		if (isToBeAsked()) {
			this.pool.server().askPastPool();
		}
		return FIRST_PAUSE;
	}

	private void open() {
		try {
			if (!this.pool.isStarted()) {
				start();
			}
			announceLeases();
			this.opened = true;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("{} - Could not be opened in advance", this.pool, ex);
		}
	}

	/**
	 * Start the pool, without leaving anything behind if it is closed meanwhile.
	 */
	private void start() throws SQLException {
		HikariDataSource dataSource = this.pool.dataSource();
		try (Connection connection = dataSource.getConnection()) {
			logger.debug("{} - Opened with {}", this.pool, connection);
		}
		finally {
			if (this.pool.isClosed() && dataSource.getHikariPoolMXBean() instanceof HikariPool hikari) {
				shutDown(hikari);
			}
		}
	}

	/**
	 * Shut a pool down to the end, although whoever closes the application has
	 * interrupted this thread: interrupted, a pool that is being filled would leave
	 * threads behind.
	 */
	private static void shutDown(HikariPool pool) {
		boolean interrupted = Thread.interrupted();
		try {
			pool.shutdown();
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void announceLeases() {
		ConnectionLedger ledger = this.pool.ledger();
		if (!ledger.knowsBoundaries() && this.internals.enableRequestBoundaries(this.pool.dataSource())) {
			ledger.noteBoundaries();
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
