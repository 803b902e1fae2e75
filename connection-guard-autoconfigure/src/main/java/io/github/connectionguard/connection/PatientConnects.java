package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.github.connectionguard.mysql.ConnectAttempt;
import io.github.connectionguard.mysql.ConnectionErrors;

/**
 * The pool's connects, which wait for a server that is away: HikariCP itself would pause
 * for up to five seconds between two attempts ({@code HikariPool.PoolEntryCreator}) and
 * notice that late that the server is back. The first failure goes up to the pool, so
 * that a request that waits in vain can be told the cause.
 */
final class PatientConnects {

	private static final long SHORTEST_PAUSE = Duration.ofMillis(10).toNanos();

	private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

	private final Map<ConnectAttempt, Long> underWay = new ConcurrentHashMap<>();

	private final AtomicBoolean failing = new AtomicBoolean();

	private final ConnectionListener listener;

	private final ConnectionLedger ledger;

	PatientConnects(ConnectionListener listener, ConnectionLedger ledger) {
		this.listener = listener;
		this.ledger = ledger;
	}

	/**
	 * Connect, and enter the connection in the ledger.
	 * @param connect the driver's way to connect
	 * @return the guarded connection
	 */
	Connection connect(ConnectAttempt.Connect connect) throws SQLException {
		long begin = this.ledger.now();
		while (true) {
			ConnectAttempt attempt = new ConnectAttempt();
			try {
				return connect(attempt, connect);
			}
			catch (SQLException | RuntimeException ex) {
				if (!attempt.isAbandoned()) {
					this.listener.connectFailed(ex);
					if (!isWorthWaiting(ex)) {
						throw ex;
					}
					pause(this.ledger.now() - begin);
				}
				if (!this.listener.isWaitingForServer()) {
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
		return exception instanceof SQLException failure && ConnectionErrors.isServerAway(failure)
				&& this.listener.isWaitingForServer() && !this.failing.compareAndSet(false, true);
	}

	/**
	 * Pause for a hundredth of the time the server has been waited for, which is the most
	 * by which its return is noticed late.
	 */
	private static void pause(long waited) {
		LockSupport.parkNanos(Math.min(Math.max(waited / 100, SHORTEST_PAUSE), LONGEST_PAUSE));
	}

	void abandonBefore(long time) {
		this.underWay.forEach((attempt, begin) -> {
			if (begin - time < 0) {
				attempt.abandon();
			}
		});
	}

}
