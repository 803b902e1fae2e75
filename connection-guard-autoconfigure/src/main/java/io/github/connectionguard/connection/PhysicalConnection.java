package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.ConnectionPing;
import io.github.connectionguard.mysql.ConnectionPing.Answer;
import io.github.connectionguard.mysql.SessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the {@link ConnectionLedger}: what is known of a physical connection.
 * Thread-safe: whoever uses the connection writes, everybody reads.
 */
public final class PhysicalConnection {

	/**
	 * The default of HikariCP's {@code com.zaxxer.hikari.aliveBypassWindowMs}.
	 */
	private static final Duration BLIND_WINDOW = Duration.ofMillis(500);

	/**
	 * SQLState {@code connection does not exist}.
	 */
	private static final String NO_CONNECTION = "08003";

	private final ConnectionLedger ledger;

	private final GuardedConnection connection;

	private final ConnectionPing ping;

	private final long openedAt;

	private volatile long answeredAt;

	private volatile @Nullable SessionFacts facts;

	private volatile @Nullable LifetimePlan plan;

	private volatile boolean setUp;

	private volatile @Nullable Thread holder;

	private volatile long borrowedAt;

	private volatile @Nullable Throwable borrowedBy;

	private final AtomicInteger exchanges = new AtomicInteger();

	private final AtomicInteger streams = new AtomicInteger();

	private final AtomicBoolean told = new AtomicBoolean();

	private final AtomicBoolean pinging = new AtomicBoolean();

	private final AtomicReference<@Nullable ConnectionLoss> loss = new AtomicReference<>();

	PhysicalConnection(ConnectionLedger ledger, Connection delegate) throws SQLException {
		this.ledger = ledger;
		this.ping = ConnectionPing.of(delegate);
		this.openedAt = ledger.now();
		this.answeredAt = this.openedAt;
		this.connection = new GuardedConnection(delegate, this);
	}

	/**
	 * Return the connection the pool has in its hands.
	 * @return the guarded connection
	 */
	public Connection connection() {
		return this.connection;
	}

	// The way into the pool

	void setUp() throws SQLException {
		try {
			SessionFacts read = this.ledger.read(this.connection.delegate());
			this.facts = read;
			this.plan = this.ledger.listener().ready(read);
		}
		catch (SQLException ex) {
			if (ConnectionErrors.isDeath(ex)) {
				throw ex;
			}
			this.plan = this.ledger.listener().unreadable(ex);
		}
		this.answeredAt = this.ledger.now();
		this.setUp = true;
	}

	/**
	 * Return what the session said of itself when it was set up.
	 * @return the facts, or {@code null} if they could not be read
	 */
	public @Nullable SessionFacts facts() {
		return this.facts;
	}

	/**
	 * Return the timers that were planned for this connection.
	 * @return the plan, or {@code null} if the session's limits could not be read
	 */
	public @Nullable LifetimePlan plan() {
		return this.plan;
	}

	// Lent and given back

	void borrowed() {
		this.ledger.noteBoundaries();
		this.borrowedAt = this.ledger.now();
		this.borrowedBy = this.ledger.recordsBorrowers() ? new Throwable("borrowed here") : null;
		this.holder = Thread.currentThread();
	}

	void returned() {
		this.holder = null;
		this.borrowedBy = null;
		this.told.set(false);
	}

	/**
	 * Tell whether code holds the connection.
	 * @return whether it does
	 */
	public boolean isHeld() {
		return this.holder != null;
	}

	/**
	 * Return the thread that borrowed the connection and still has it.
	 * @return the thread, or {@code null} if the connection is in the pool
	 */
	public @Nullable Thread holder() {
		return this.holder;
	}

	/**
	 * Return when the connection was last borrowed.
	 * @return the reading of the ledger's clock
	 */
	public long borrowedAt() {
		return this.borrowedAt;
	}

	/**
	 * Return how long the current holder has had the connection.
	 * @return the time; meaningless if nobody holds it
	 */
	public Duration heldFor() {
		return Duration.ofNanos(this.ledger.now() - this.borrowedAt);
	}

	/**
	 * Answer {@code true} the first time it is asked during a lease.
	 * @return whether nothing has been told of this lease
	 */
	public boolean tellOnceALease() {
		return this.told.compareAndSet(false, true);
	}

	/**
	 * Return where the connection was borrowed.
	 * @return a throwable with the stack, or {@code null} if borrowers are not recorded
	 */
	public @Nullable Throwable borrowedBy() {
		return this.borrowedBy;
	}

	boolean isInPool() {
		return this.setUp && this.holder == null && this.ledger.knowsBoundaries();
	}

	// On the wire

	void exchangeBegins() {
		this.exchanges.incrementAndGet();
	}

	void exchangeEnds() {
		this.answeredAt = this.ledger.now();
		this.exchanges.decrementAndGet();
	}

	void streamOpened() {
		this.streams.incrementAndGet();
	}

	void streamClosed() {
		this.streams.decrementAndGet();
	}

	/**
	 * Tell whether a result is open whose rows are still on the wire.
	 * @return whether one is
	 */
	public boolean isStreaming() {
		return this.streams.get() > 0;
	}

	boolean isTransactionOpen() {
		return this.ping.isTransactionOpen();
	}

	/**
	 * Return how long the server has not been heard on this connection.
	 * @return the time, zero while a call is under way
	 */
	public Duration quiet() {
		return (this.exchanges.get() > 0) ? Duration.ZERO : Duration.ofNanos(this.ledger.now() - this.answeredAt);
	}

	/**
	 * Return how long ago the connection was opened.
	 * @return the time
	 */
	public Duration age() {
		return Duration.ofNanos(this.ledger.now() - this.openedAt);
	}

	boolean isAskedByKeepalive() {
		return this.ledger.listener().isKeepaliveCaller();
	}

	/**
	 * Tell whether the guard pings this connection: it knows how and how often.
	 * @return whether it does
	 */
	public boolean isPingable() {
		return this.plan != null && this.ping != ConnectionPing.UNKNOWN;
	}

	/**
	 * Ping the server from whatever thread, unless the connection is in the middle of
	 * something.
	 * @param limit how long to wait for the answer, zero for the connection's own network
	 * timeout
	 * @param wait how long to wait for another ping to end
	 * @return what came of it; a dead connection is noted as lost
	 */
	public Answer ping(Duration limit, Duration wait) {
		if (this.exchanges.get() > 0 || isStreaming()) {
			return Answer.BUSY;
		}
		long start = this.ledger.now();
		Answer answer = this.ping.ping(limit, wait);
		if (answer != Answer.BUSY) {
			long end = this.ledger.now();
			this.ledger.pinged(new PingResult(end, Duration.ofNanos(end - start), answer == Answer.ALIVE));
			if (answer == Answer.ALIVE) {
				this.answeredAt = end;
			}
			else {
				lost(null);
			}
		}
		return answer;
	}

	/**
	 * Tell whether the connection can be lent. What was heard lately is only looked at;
	 * anything else is pinged. Where there is nothing to look at, what was heard within
	 * HikariCP's own window is believed.
	 */
	boolean isAlive(Duration limit) {
		Duration quiet = quiet();
		if (quiet.compareTo(this.ping.canLook() ? this.ledger.pingAfter() : BLIND_WINDOW) < 0) {
			Answer seen = this.ping.canLook() ? this.ping.look() : Answer.ALIVE;
			if (seen == Answer.DEAD) {
				lost(null);
			}
			if (seen != Answer.BUSY) {
				return seen == Answer.ALIVE;
			}
		}
		return ping(limit, limit) == Answer.ALIVE;
	}

	/**
	 * Look at the connection, unless somebody is using it, and note it as lost if its
	 * other end is closed. Waits for nothing and asks nobody.
	 */
	public void glance() {
		if (this.setUp && this.exchanges.get() == 0 && !isLost() && this.ping.look() == Answer.DEAD) {
			lost(null);
		}
	}

	/**
	 * Claim the connection for a ping, so that no second one is sent meanwhile.
	 * @return whether the claim was granted; it has to be given back by
	 * {@link #pingDone()}
	 */
	public boolean tryPing() {
		return this.pinging.compareAndSet(false, true);
	}

	/**
	 * Give the claim back.
	 */
	public void pingDone() {
		this.pinging.set(false);
	}

	// The end

	void failed(SQLException exception) {
		if (ConnectionErrors.isDeath(exception)) {
			lost(exception);
		}
	}

	/**
	 * Note the connection as lost. One that the pool is still setting up is the pool's
	 * own failure to connect, and news for nobody.
	 */
	void lost(@Nullable SQLException exception) {
		SessionFacts known = this.facts;
		ConnectionLoss found = new ConnectionLoss(Duration.ofNanos(this.ledger.now() - this.answeredAt), age(),
				isHeld(), (known != null) ? known.limits().waitTimeout() : null,
				(exception != null) ? exception.getSQLState() : null,
				(exception != null) ? exception.getErrorCode() : 0);
		if (this.loss.compareAndSet(null, found) && this.setUp) {
			this.ledger.lost(this, found);
		}
	}

	/**
	 * Return the exception for whatever is tried on a connection that is lost.
	 */
	SQLException afterLoss() {
		ConnectionLoss known = this.loss.get();
		String cause = (known != null) ? LossCause.of(known).describe(known) : "unknown";
		return new SQLNonTransientConnectionException(
				"The connection died in the middle of this work; roll back and start again (" + cause + ")",
				NO_CONNECTION);
	}

	void closed() {
		returned();
		this.ledger.remove(this);
	}

	/**
	 * Tell whether the connection is older than planned, whatever the pool's timers do.
	 */
	boolean isPastLifetime() {
		LifetimePlan planned = this.plan;
		return planned != null && age().compareTo(planned.maxLifetime()) >= 0;
	}

	/**
	 * Tell whether the connection is known to be lost.
	 * @return whether it is
	 */
	public boolean isLost() {
		return this.loss.get() != null;
	}

}
