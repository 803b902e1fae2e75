package io.github.connectionguard.connection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.connectionguard.driver.ConnectionPing;
import io.github.connectionguard.driver.ConnectionPing.Answer;
import io.github.connectionguard.driver.ConnectionSocket;
import io.github.connectionguard.driver.ConnectionSocket.Sight;
import org.jspecify.annotations.Nullable;

/**
 * The pings that the guard sends over one wire, one at a time. Thread-safe.
 */
public final class WirePings {

	private final Wire wire;

	private final PhysicalConnection connection;

	private final ConnectionLedger ledger;

	private final ConnectionPing ping;

	private final ConnectionSocket socket;

	private final AtomicReference<@Nullable PingUnderWay> pinging = new AtomicReference<>();

	WirePings(Wire wire, PhysicalConnection connection, ConnectionPing ping, ConnectionSocket socket) {
		this.wire = wire;
		this.connection = connection;
		this.ledger = connection.ledger();
		this.ping = ping;
		this.socket = socket;
	}

	/**
	 * Tell whether a ping is under way.
	 * @return whether one is
	 */
	public boolean isUnderWay() {
		return this.pinging.get() != null;
	}

	/**
	 * Return how long a ping has been under way that has to be answered within a limit.
	 * @return the time, zero if there is none
	 */
	public Duration unanswered() {
		PingUnderWay current = this.pinging.get();
		return (current != null && current.limited) ? Duration.ofNanos(this.ledger.now() - current.startedAt)
				: Duration.ZERO;
	}

	/**
	 * Ping the server from a thread of the guard's, unless the connection is in the
	 * middle of something. A connection in the pool that does not answer in time is lost;
	 * one that is lent is waited for as its own network timeout says. Does nothing if a
	 * ping is under way.
	 * @param limit how long to wait for the answer on a connection in the pool
	 */
	public void keepAlive(Duration limit) {
		PingUnderWay mine = new PingUnderWay(this.ledger.now());
		if (this.pinging.compareAndSet(null, mine)) {
			ping(mine, this.connection.isLent() ? Duration.ZERO : limit);
		}
	}

	/**
	 * Ping the server, or wait for the ping that is under way.
	 */
	Answer ping() {
		Duration limit = this.ledger.pool().pingLimit();
		PingUnderWay mine = new PingUnderWay(this.ledger.now());
		PingUnderWay other = this.pinging.compareAndExchange(null, mine);
		if (other == null) {
			return ping(mine, limit);
		}
		Answer answer = await(other, limit);
		if (answer == Answer.BUSY) {
			this.pinging.compareAndSet(other, null); // it may not have come to that yet
			if (this.pinging.compareAndSet(null, mine)) {
				return ping(mine, limit);
			}
		}
		return answer;
	}

	private Answer ping(PingUnderWay mine, Duration limit) {
		Answer answer = Answer.BUSY;
		try {
			mine.limited = !limit.isZero();
			answer = (isOpen() && this.wire.isFree()) ? send(mine, limit) : Answer.BUSY;
		}
		finally {
			mine.answer.complete(answer);
			this.pinging.compareAndSet(mine, null);
		}
		return mine.answer.join();
	}

	/**
	 * Tell whether the connection is neither lost nor closed, as one may be by the time a
	 * thread comes to ping it: that it does not answer says nothing of the server.
	 */
	private boolean isOpen() {
		return !this.connection.isLost() && this.ledger.connections().contains(this.connection);
	}

	private Answer send(PingUnderWay mine, Duration limit) {
		Duration idle = this.wire.quiet();
		boolean open = this.socket.look() == Sight.QUIET;
		SQLException lastWord = this.socket.lastWord();
		if (mine.limited) {
			this.ledger.listener().pinging(this.connection);
		}
		Answer answer = this.ping.ping(limit);
		if (answer != Answer.BUSY) {
			Duration took = Duration.ofNanos(this.ledger.now() - mine.startedAt);
			this.ledger.pinged(new PingResult(this.ledger.now(), took, answer == Answer.ALIVE));
			if (answer == Answer.ALIVE) {
				this.wire.heard();
				this.ledger.listener().survived(idle);
			}
			else if (this.ledger.connections().contains(this.connection)) {
				if (open && took.compareTo(this.ledger.pool().validationTimeout().dividedBy(2)) < 0) {
					this.ledger.listener().dropped(idle, false);
				}
				boolean cutByLimit = mine.limited && this.socket.hasTimedOut();
				boolean silent = open || cutByLimit;
				this.connection.lost(lastWord, silent && !this.socket.isEnded());
			}
		}
		return answer;
	}

	private Answer await(PingUnderWay other, Duration limit) {
		try {
			return other.answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			this.wire.cut(); // or closing it would wait as the ping does
			return Answer.DEAD;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Answer.BUSY;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Close the connection under a ping that has to be answered within a limit and has
	 * been under way for longer than a time. One that is answered meanwhile is left
	 * alone.
	 * @param time for how long
	 */
	public void cut(Duration time) {
		PingUnderWay current = this.pinging.get();
		if (current != null && current.limited && this.ledger.now() - current.startedAt > time.toNanos()
				&& current.answer.complete(Answer.DEAD)) {
			this.wire.cut();
		}
	}

	/**
	 * A ping that has been sent, or is about to be.
	 */
	private static final class PingUnderWay {

		private final CompletableFuture<Answer> answer = new CompletableFuture<>();

		private final long startedAt;

		private volatile boolean limited;

		PingUnderWay(long startedAt) {
			this.startedAt = startedAt;
		}

	}

}
