package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.lifetime.RoundTripTime;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections in the place of those that died between their borrow and their first
 * statement: nothing is lost with them. A few at the same time, and none on a path that
 * is slow or in doubt. On threads of their own, as a login may take any time, and nobody
 * waits for longer than a server that is well takes. Thread-safe.
 */
final class Substitutes {

	private static final int MOST = 8;

	/**
	 * To connect, to log in with TLS, to set the session up and to ask it about itself.
	 */
	private static final int ROUND_TRIPS = 8;

	private final Semaphore places = new Semaphore(MOST);

	private final ConnectionLedger ledger;

	private volatile boolean near = true;

	Substitutes(ConnectionLedger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Note how long an exchange with the server takes.
	 */
	void measured(RoundTripTime roundTrip) {
		this.near = roundTrip.smoothed()
			.multipliedBy(ROUND_TRIPS)
			.compareTo(this.ledger.pool().validationTimeout()) < 0;
	}

	/**
	 * Tell whether the path to the server is a fast one, as far as known.
	 */
	boolean areNear() {
		return this.near;
	}

	/**
	 * Open a connection.
	 * @param lost the connection whose place it is to take
	 * @return the connection, or {@code null} if none can be had at once
	 */
	@Nullable PhysicalConnection open(PhysicalConnection lost) {
		Duration limit = this.ledger.pool().validationTimeout();
		long begin = this.ledger.now();
		if (!this.near || this.ledger.isDoubtful() || lost.wire().isBlind() || !acquirePlace(limit)) {
			return null;
		}
		ConnectAttempt attempt = new ConnectAttempt();
		CompletableFuture<@Nullable PhysicalConnection> opening = new CompletableFuture<>();
		try {
			start(() -> open(lost, attempt, opening));
		}
		catch (Error ex) {
			this.places.release(); // no thread to be had
			throw ex;
		}
		PhysicalConnection opened = await(opening, limit.toNanos() - (this.ledger.now() - begin));
		if (opened == null && !attempt.isConnected()) {
			attempt.abandon();
		}
		return opened;
	}

	private boolean acquirePlace(Duration limit) {
		try {
			return this.places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static void start(Runnable opening) {
		Thread thread = new Thread(opening, "connection-guard-substitute");
		thread.setDaemon(true);
		thread.start();
	}

	private static @Nullable PhysicalConnection await(CompletableFuture<@Nullable PhysicalConnection> opening,
			long nanos) {
		try {
			return opening.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | InterruptedException | ExecutionException ex) {
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			return opening.complete(null) ? null : opening.join();
		}
	}

	/**
	 * Open a connection, which is closed in good order if nobody waits for it any more:
	 * servers count logins that are given up.
	 */
	private void open(PhysicalConnection lost, ConnectAttempt attempt,
			CompletableFuture<@Nullable PhysicalConnection> opening) {
		Connection driver = null;
		boolean taken = false;
		try {
			driver = this.ledger.pool().login(attempt);
			this.ledger.pool().setUp(driver);
			PhysicalConnection made = new PhysicalConnection(lost, driver, attempt.socket());
			made.setUp();
			taken = opening.complete(made);
		}
		catch (SQLException ex) {
			if (!attempt.isAbandoned()) {
				this.ledger.tell((listener) -> listener.connectFailed(ex));
			}
		}
		catch (RuntimeException | Error ex) {
			this.ledger.failed(ex);
		}
		finally {
			opening.complete(null);
			this.places.release();
			if (!taken && driver != null) {
				close(driver);
			}
		}
	}

	private static void close(Connection driver) {
		try {
			driver.close();
		}
		catch (SQLException ex) {
			// as good as closed
		}
	}

}
