package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.LoginRefusal;

/**
 * The pool's connects, which wait for a server that is away: HikariCP itself would pause
 * for up to five seconds between two attempts ({@code HikariPool.PoolEntryCreator}) and
 * notice that late that the server is back. The first failure goes up to the pool, so
 * that a request that waits in vain can be told the cause.
 */
final class PatientConnects {

	/**
	 * In case nobody says that the server is back.
	 */
	private static final long FIRST_PAUSE = Duration.ofSeconds(5).toNanos();

	private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

	/**
	 * How long the end of the pool may go unnoticed.
	 */
	private static final long STEP = Duration.ofMillis(250).toNanos();

	private final Map<ConnectAttempt, Long> underWay = new ConcurrentHashMap<>();

	private final AtomicBoolean failing = new AtomicBoolean();

	private final OwningPool pool;

	private final ConnectionLedger ledger;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition reached = this.lock.newCondition();

	private volatile long reachedAt;

	PatientConnects(OwningPool pool, ConnectionLedger ledger) {
		this.pool = pool;
		this.ledger = ledger;
		this.reachedAt = ledger.now();
	}

	/**
	 * Connect, and enter the connection in the ledger.
	 * @param connect the driver's way to connect
	 * @return the guarded connection
	 */
	Connection connect(ConnectAttempt.Connect connect) throws SQLException {
		long pause = FIRST_PAUSE;
		while (true) {
			long begin = this.ledger.now();
			ConnectAttempt attempt = new ConnectAttempt();
			try {
				return connect(attempt, connect);
			}
			catch (SQLException | RuntimeException ex) {
				if (!attempt.isAbandoned()) {
					this.ledger.tell((listener) -> listener.connectFailed(ex));
					if (!isWorthWaiting(ex)) {
						throw ex;
					}
					pause(begin, pause);
					pause = isBlocked(ex) ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
				}
				if (!this.pool.isWaitingForServer()) {
					throw ex;
				}
			}
		}
	}

	private Connection connect(ConnectAttempt attempt, ConnectAttempt.Connect connect) throws SQLException {
		this.underWay.put(attempt, this.ledger.now());
		try {
			Connection connected = this.ledger.open(attempt.run(connect), attempt.socket());
			this.failing.set(false);
			return connected;
		}
		finally {
			this.underWay.remove(attempt);
		}
	}

	private boolean isWorthWaiting(Exception exception) {
		return exception instanceof SQLException failure
				&& (ConnectionErrors.isServerAway(failure) || isBlocked(failure)) && this.pool.isWaitingForServer()
				&& !this.failing.compareAndSet(false, true);
	}

	/**
	 * Tell whether the server has blocked this host. It refuses each login, and nobody
	 * looks whether it still does.
	 */
	private static boolean isBlocked(Exception exception) {
		return LoginRefusal.of(exception).equals(Optional.of(LoginRefusal.BLOCKED));
	}

	/**
	 * Pause until the server is reached by whoever looks for it.
	 */
	private void pause(long since, long longest) {
		long begin = this.ledger.now();
		this.lock.lock();
		try {
			while (this.reachedAt - since < 0 && this.ledger.now() - begin < longest
					&& this.pool.isWaitingForServer()) {
				this.reached.awaitNanos(STEP);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The server was reached: connects that wait for it are made again, and those that
	 * should have a TCP connection by now. TCP would try them again after ever longer
	 * pauses.
	 */
	void serverReached() {
		this.lock.lock();
		try {
			this.reachedAt = this.ledger.now();
			this.reached.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (this.pool.isWaitingForServer()) {
			long sent = this.reachedAt - this.ledger.roundTrip().limit(Duration.ZERO).toNanos();
			abandonBefore(sent, (attempt) -> !attempt.isConnected());
		}
	}

	void abandonBefore(long time, Predicate<ConnectAttempt> which) {
		this.underWay.forEach((attempt, begin) -> {
			if (begin - time < 0 && which.test(attempt)) {
				attempt.abandon();
			}
		});
	}

}
