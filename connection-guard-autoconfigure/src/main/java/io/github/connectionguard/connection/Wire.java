package io.github.connectionguard.connection;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.connectionguard.driver.ConnectionPing;
import io.github.connectionguard.driver.ConnectionPing.Answer;
import io.github.connectionguard.driver.ConnectionSocket;
import io.github.connectionguard.driver.ConnectionSocket.Sight;

/**
 * What goes over one physical connection: when the server was last heard, and whether it
 * still answers. Thread-safe: whoever uses the connection writes, everybody reads.
 */
public final class Wire {

	/**
	 * The default of HikariCP's {@code com.zaxxer.hikari.aliveBypassWindowMs}.
	 */
	private static final long BLIND_WINDOW = Duration.ofMillis(500).toNanos();

	/**
	 * For how long a look is enough, and an answer makes up for one.
	 */
	private static final long MOMENT = Duration.ofMillis(1).toNanos();

	private static final AtomicIntegerFieldUpdater<Wire> EXCHANGES = AtomicIntegerFieldUpdater.newUpdater(Wire.class,
			"exchanges");

	private static final AtomicIntegerFieldUpdater<Wire> RESULTS = AtomicIntegerFieldUpdater.newUpdater(Wire.class,
			"results");

	private static final AtomicIntegerFieldUpdater<Wire> STREAMS = AtomicIntegerFieldUpdater.newUpdater(Wire.class,
			"streams");

	private final PhysicalConnection connection;

	private final ConnectionLedger ledger;

	private final ConnectionPing ping;

	private final ConnectionSocket socket;

	private volatile int exchanges;

	private volatile int results;

	private volatile int streams;

	private volatile boolean usedUnseen;

	private final WirePings pings;

	private volatile long answeredAt;

	private volatile long lookedAt;

	Wire(PhysicalConnection connection, ConnectionLedger ledger, ConnectionPing ping, ConnectionSocket socket) {
		this.connection = connection;
		this.ledger = ledger;
		this.ping = ping;
		this.socket = socket;
		this.pings = new WirePings(this, connection, ping, socket);
		this.answeredAt = ledger.now();
		this.lookedAt = this.answeredAt;
	}

	// What the holder does

	void exchangeBegins() {
		EXCHANGES.incrementAndGet(this);
	}

	void exchangeEnds() {
		if (!this.connection.isLost()) {
			heard();
		}
		EXCHANGES.decrementAndGet(this);
	}

	void resultOpened() {
		RESULTS.incrementAndGet(this);
	}

	void resultClosed() {
		RESULTS.decrementAndGet(this);
	}

	void streamOpened() {
		STREAMS.incrementAndGet(this);
	}

	void streamClosed() {
		STREAMS.decrementAndGet(this);
	}

	/**
	 * Note whether somebody has the driver's own objects, who may read results unseen.
	 */
	void usedUnseen(boolean used) {
		this.usedUnseen = used;
	}

	void heard() {
		this.answeredAt = this.ledger.now();
		this.ledger.heard(this.answeredAt);
	}

	/**
	 * Tell whether a statement is open that has queried, so that its rows may still be
	 * read.
	 * @return whether one is
	 */
	public boolean hasOpenResult() {
		return this.results > 0;
	}

	/**
	 * Tell whether a result is open whose rows are still on the wire.
	 * @return whether one is
	 */
	public boolean isStreaming() {
		return this.streams > 0;
	}

	/**
	 * Return how long the server has not been heard.
	 * @return the time, zero while a call is under way
	 */
	public Duration quiet() {
		return Duration.ofNanos(quiet(this.ledger.now()));
	}

	private long quiet(long now) {
		return (this.exchanges > 0) ? 0 : now - this.answeredAt;
	}

	Duration sinceHeard() {
		return Duration.ofNanos(this.ledger.now() - this.answeredAt);
	}

	/**
	 * Return a moment, or when the server was heard after it.
	 * @param time a reading of the ledger's clock
	 */
	long lastOf(long time) {
		return isHeardSince(time) ? this.answeredAt : time;
	}

	/**
	 * Tell whether the server was heard.
	 * @param time the reading of the ledger's clock since when
	 * @return whether it was
	 */
	public boolean isHeardSince(long time) {
		return this.answeredAt - time > 0;
	}

	/**
	 * Return how long the driver has been waiting for the server.
	 * @return the time, zero if it is not waiting or nothing is known of its socket
	 */
	public Duration waiting() {
		return this.socket.waiting();
	}

	boolean hasTimedOut() {
		return this.socket.hasTimedOut();
	}

	boolean isReset() {
		return this.socket.isReset();
	}

	/**
	 * Tell whether the session the server knows is the one the driver logged in to, with
	 * no proxy between them that may run statements elsewhere.
	 * @param connectionId the session's {@code CONNECTION_ID()}
	 * @return whether it is
	 */
	public boolean isDirect(long connectionId) {
		return (int) this.ping.sessionNumber() == (int) connectionId;
	}

	// What the guard does

	/**
	 * Tell whether the driver is a known one, over which the guard can ping.
	 * @return whether it is
	 */
	public boolean canPing() {
		return this.ping != ConnectionPing.UNKNOWN;
	}

	/**
	 * Return the pings of the guard's.
	 * @return the pings
	 */
	public WirePings pings() {
		return this.pings;
	}

	/**
	 * Tell whether nothing is under way or still to be read, so that a ping can be sent.
	 */
	boolean isFree() {
		return this.exchanges == 0 && !isStreaming() && (!this.usedUnseen || this.ping.isRefusedInAStream());
	}

	/**
	 * Tell whether there is nothing to look at.
	 * @return whether only a ping can tell anything
	 */
	public boolean isBlind() {
		return this.socket == ConnectionSocket.NONE;
	}

	/**
	 * Look at the socket, unless a call is under way. A connection that the other end has
	 * closed is lost. Waits for nothing and asks nobody.
	 * @return what was seen
	 */
	public Sight glance() {
		Sight sight = (this.exchanges > 0) ? Sight.UNKNOWN : this.socket.look();
		if (sight == Sight.CLOSED && !isToldByPing()) {
			if (this.connection.isIdle()) {
				this.ledger.listener().dropped(quiet(), true);
			}
			this.connection.lost(null);
		}
		return sight;
	}

	/**
	 * Give up what waiting for the server takes, until somebody waits again.
	 */
	public void rest() {
		this.socket.rest();
	}

	/**
	 * Tell whether this end has just cut a ping short, which tells more of the loss.
	 */
	private boolean isToldByPing() {
		return this.pings.isUnderWay() && !this.socket.isEnded();
	}

	/**
	 * Tell whether the other end has closed the connection, and draw no conclusion. Does
	 * not look again at what was looked at a moment ago.
	 */
	boolean isEnded() {
		return this.exchanges == 0 && this.ledger.now() - this.lookedAt >= MOMENT && this.socket.look() == Sight.CLOSED;
	}

	/**
	 * Tell whether the server answers. While it is heard on any connection, what was
	 * heard lately is only looked at; anything else is pinged. Where there is nothing to
	 * look at, what was heard within HikariCP's own window is believed.
	 * @param deferrable whether somebody looks before it is used, so that what was looked
	 * at or heard a moment ago need not be looked at now
	 * @param now the reading of the ledger's clock
	 */
	boolean isAnswering(boolean deferrable, long now) {
		if (!this.pings.isUnderWay()) {
			boolean trusted = this.ledger.isTrusted(this.answeredAt);
			long quiet = quiet(now);
			if (isBlind()) {
				return (trusted && quiet < BLIND_WINDOW) || this.pings.ping() == Answer.ALIVE;
			}
			if (trusted && quiet < this.ledger.pingAfter() && this.ledger.isHeardWithin(BLIND_WINDOW, now)) {
				if (deferrable && quiet > 0 && Math.min(quiet, now - this.lookedAt) < MOMENT) {
					return true;
				}
				Sight sight = glance();
				if (sight == Sight.QUIET) {
					this.lookedAt = now;
				}
				if (sight == Sight.QUIET || sight == Sight.CLOSED) {
					return sight == Sight.QUIET;
				}
			}
		}
		return this.pings.ping() == Answer.ALIVE;
	}

	/**
	 * Close the connection under whoever waits for its server, for an answer that will
	 * not come.
	 */
	public void cut() {
		this.connection.lost(null, true);
		this.socket.cut();
	}

}
