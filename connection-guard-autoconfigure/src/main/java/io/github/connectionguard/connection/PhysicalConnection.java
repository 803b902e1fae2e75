package io.github.connectionguard.connection;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.ConnectionRetirement;
import io.github.connectionguard.diagnosis.OwnEnd;
import io.github.connectionguard.diagnosis.RetirementCause;
import io.github.connectionguard.driver.ConnectionPing;
import io.github.connectionguard.driver.ConnectionSocket;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.ServerSessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the {@link ConnectionLedger}: what is known of a physical connection.
 * Thread-safe: whoever uses the connection writes, everybody reads.
 */
public final class PhysicalConnection {

	private final ConnectionLedger ledger;

	private final WeakReference<PhysicalConnection> reference = new WeakReference<>(this);

	private final Connection driver;

	private final GuardedConnection connection;

	private final Wire wire;

	private final long openedAt;

	private volatile @Nullable ServerSessionFacts facts;

	private volatile @Nullable LifetimePlan plan;

	private volatile long lifetime = Long.MAX_VALUE;

	private volatile boolean setUp;

	private volatile Lease last; // written by whoever borrows

	private final AtomicBoolean held = new AtomicBoolean();

	private final AtomicBoolean lent = new AtomicBoolean();

	private long lentAt; // used by whoever borrows the connection

	private volatile @Nullable Long refusedAt;

	private final ConnectionDeath death = new ConnectionDeath();

	PhysicalConnection(ConnectionLedger ledger, Connection driver, ConnectionSocket socket) throws SQLException {
		this(ledger, driver, socket, null);
	}

	/**
	 * Create an entry for a connection that is to take the place of another one, with
	 * whoever has borrowed that.
	 */
	PhysicalConnection(PhysicalConnection former, Connection driver, ConnectionSocket socket) throws SQLException {
		this(former.ledger, driver, socket, former.connection);
		this.last = former.last;
		this.held.set(former.held.get());
		this.lent.set(true);
	}

	private PhysicalConnection(ConnectionLedger ledger, Connection driver, ConnectionSocket socket,
			@Nullable GuardedConnection connection) throws SQLException {
		this.ledger = ledger;
		this.driver = driver;
		this.openedAt = ledger.now();
		this.last = new Lease(this, this.openedAt);
		this.wire = new Wire(this, ledger, ConnectionPing.of(driver), socket);
		this.connection = (connection != null) ? connection : new GuardedConnection(driver, this);
	}

	/**
	 * Return the connection the pool has in its hands.
	 * @return the guarded connection
	 */
	public Connection connection() {
		return this.connection;
	}

	Connection driver() {
		return this.driver;
	}

	/**
	 * Return what threads that may outlive the application know the connection by, always
	 * the same.
	 */
	WeakReference<PhysicalConnection> reference() {
		return this.reference;
	}

	/**
	 * Return the name of the driver's connection.
	 * @return the name, which no other has
	 */
	public String name() {
		return this.driver.toString();
	}

	ConnectionLedger ledger() {
		return this.ledger;
	}

	// The way into the pool

	void setUp() throws SQLException {
		if (!this.ledger.pool().isReportOnly()) {
			ask();
		}
		this.wire.heard();
		this.setUp = true;
	}

	private void ask() throws SQLException {
		try {
			ServerSessionFacts read = this.ledger.ask(this.driver);
			this.facts = read;
			this.ledger.pool().ready(this, read);
			this.ledger.safely(() -> this.ledger.pool().meet(this.driver, read));
		}
		catch (SQLException ex) {
			if (ConnectionErrors.isDeath(ex)) {
				throw ex;
			}
			this.ledger.pool().unreadable(this, ex);
		}
	}

	void opened() {
		this.ledger.tell((listener) -> listener.opened(this));
	}

	/**
	 * Return what the session said of itself, or another one did for it.
	 * @return the facts, or {@code null} if they could not be read
	 */
	public @Nullable ServerSessionFacts facts() {
		ServerSessionFacts own = this.facts;
		return (own != null) ? own : this.ledger.pool().observed();
	}

	/**
	 * Return the timers that were planned for this connection.
	 * @return the plan, or {@code null} if the session's limits could not be read
	 */
	public @Nullable LifetimePlan plan() {
		return this.plan;
	}

	/**
	 * Plan anew, by limits that were not known before.
	 * @param planned the new plan
	 */
	public void replan(LifetimePlan planned) {
		this.plan = planned;
		this.lifetime = planned.maxLifetime().toNanos();
	}

	// Lent and given back

	/**
	 * Note that the connection is lent. Where the pool has not asked before, a verdict on
	 * the server is waited for here, and the clock, which is slow, is read when the
	 * connection is first used, or somebody looks on.
	 */
	void borrowed() {
		this.ledger.noteBoundaries();
		Lease former = this.last;
		Lease next = former.renew(this, begin(),
				this.ledger.recordsBorrowers() ? new Throwable("borrowed here") : null);
		if (next != former) {
			this.last = next;
		}
		this.held.setRelease(true); // the pool has exchanged a state of its own before
	}

	private long begin() {
		if (this.lent.get()) {
			return this.wire.lastOf(this.lentAt);
		}
		if (this.ledger.pool().isReportOnly()) {
			return this.ledger.now();
		}
		this.ledger.pool().awaitVerdict();
		return Lease.LATER;
	}

	/**
	 * Note that whoever has the connection uses it for the first time.
	 */
	void used() {
		begin(this.last);
	}

	private void begin(Lease begun) {
		if (begun.isToBegin()) {
			begun.begin(this.ledger.now());
		}
	}

	void returned() {
		this.held.setRelease(false); // what reads it a moment later takes it for lent
		this.lent.setRelease(false);
	}

	/**
	 * Return in whose hands the connection is.
	 * @return the lease, or {@code null} if the connection is in the pool
	 */
	public @Nullable Lease lease() {
		Lease current = this.last;
		if (!isHeld()) {
			return null;
		}
		current.see();
		if (!isHeld() || this.last != current) { // or it may be lent anew
			return null;
		}
		begin(current);
		return current;
	}

	/**
	 * Return the lease if it is the current thread's. No other one is seen.
	 * @return the lease, or {@code null} if the thread does not have the connection
	 */
	public @Nullable Lease leaseOfThread() {
		return isHeldByThread() ? lease() : null;
	}

	/**
	 * Tell whether the current thread holds the connection.
	 */
	boolean isHeldByThread() {
		return isHeld() && this.last.holder() == Thread.currentThread();
	}

	/**
	 * Tell whether code holds the connection.
	 * @return whether it does
	 */
	public boolean isHeld() {
		return this.held.get();
	}

	boolean isInPool() {
		return this.setUp && !isHeld() && this.ledger.knowsBoundaries() && !this.ledger.pool().isReportOnly();
	}

	/**
	 * Return what goes over the connection.
	 * @return the wire
	 */
	public Wire wire() {
		return this.wire;
	}

	/**
	 * Return how long ago the connection was opened.
	 * @return the time
	 */
	public Duration age() {
		return Duration.ofNanos(this.ledger.now() - this.openedAt);
	}

	/**
	 * Tell whether the state of the session need not be set before it matters: the pool's
	 * set-up is over, and the driver is a known one.
	 */
	boolean mayDeferSessionState() {
		return this.setUp && this.wire.canPing() && this.ledger.pool().isSessionStateDeferred();
	}

	/**
	 * Tell whether the guard pings this connection: it knows how and how often.
	 * @return whether it does
	 */
	public boolean isPingable() {
		return this.plan != null && this.wire.canPing();
	}

	/**
	 * Tell whether the connection can be lent, and reserve it if so.
	 * @param replaceable whether another one can take its place until it is used, so that
	 * the look at one that was heard a moment ago can wait until then
	 */
	boolean isAlive(boolean replaceable) {
		this.ledger.pool().awaitVerdict();
		long now = this.ledger.now(); // once for all of a borrow, as clocks are slow
		if (isPastLifetime(now)) {
			return false;
		}
		this.lentAt = now;
		this.lent.set(true); // before a look: a ping that starts later waits for the
								// holder
		boolean deferrable = replaceable && this.ledger.substitutes().areNear();
		boolean alive = !isLost() && !isSuperseded() && this.wire.isAnswering(deferrable, now) && !isSuperseded();
		if (!alive) {
			this.lent.setRelease(false);
		}
		return alive;
	}

	/**
	 * Tell whether the connection has been closed by the other end since it was lent, as
	 * far as a look tells, or leads to where the server no longer is.
	 */
	boolean isEndedSinceLent() {
		return isLost() || (isHeld() && (isSuperseded() || this.wire.isEnded()));
	}

	/**
	 * Return the connection that has taken the place of this one, or this one if none
	 * has.
	 */
	PhysicalConnection current() {
		return this.connection.physical();
	}

	/**
	 * Tell whether code has the connection, or is about to get it.
	 * @return whether it has
	 */
	public boolean isLent() {
		return this.lent.get() || isHeld();
	}

	/**
	 * Tell whether the connection lies in the pool and can be pinged.
	 */
	boolean isIdle() {
		return isInPool() && !isLent() && !isLost() && isPingable();
	}

	// The end

	/**
	 * Take a connection for old that is not dead, but leads to where the server no longer
	 * is: it is not lent any more.
	 * @param cause what it is closed for
	 * @return whether it was not old before
	 */
	public boolean supersede(RetirementCause cause) {
		return this.death.supersede(cause);
	}

	/**
	 * Note what the connection is about to be closed for. What was noted first counts.
	 * @param cause the cause
	 */
	public void retireFor(RetirementCause cause) {
		this.death.retireFor(cause);
	}

	/**
	 * Return what is known of the connection as it is closed.
	 * @param maxLifetime how old it was to become, or {@code null} if that is not planned
	 * @param idleTimeout how long it may be idle in the pool, or {@code null} if for ever
	 * @return what is known
	 */
	public ConnectionRetirement retirement(@Nullable Duration maxLifetime, @Nullable Duration idleTimeout) {
		Duration borrowed = (this.last.borrow() > 0) ? this.last.sinceBorrow(this.ledger.now()) : null;
		return new ConnectionRetirement(this.death.retiredFor(), age(), borrowed, maxLifetime, idleTimeout);
	}

	/**
	 * Tell whether the connection leads to where the server no longer is.
	 * @return whether it does, as far as known
	 */
	public boolean isSuperseded() {
		return this.death.isSuperseded();
	}

	/**
	 * Return when the server refused to write on this connection, since it is read-only.
	 * @return the last time by the ledger's clock, or {@code null} if it never did
	 */
	public @Nullable Long refusedAt() {
		return this.refusedAt;
	}

	/**
	 * Tell whether the connection was opened before a moment.
	 * @param time the reading of the ledger's clock
	 * @return whether it was
	 */
	public boolean isOpenedBefore(long time) {
		return this.openedAt - time < 0;
	}

	void failed(SQLException exception) {
		if (ConnectionErrors.isDeath(exception)) {
			lost(exception);
		}
		else if (ConnectionErrors.isReadOnly(exception)) {
			if (ConnectionErrors.isOfReadOnlyServer(exception)) {
				this.refusedAt = this.ledger.now();
			}
			this.ledger.tell(ConnectionListener::refusedToWrite);
		}
	}

	void lost(@Nullable SQLException exception) {
		lost(exception, false);
	}

	/**
	 * Note the connection as lost. One that the pool is still setting up is the pool's
	 * own failure to connect, and news for nobody.
	 * @param silent whether nobody closed it, but no answer came
	 */
	void lost(@Nullable SQLException exception, boolean silent) {
		ConnectionLoss found = this.death.note(this, exception, silent);
		if (found != null && this.setUp) {
			this.ledger.tell((listener) -> listener.lost(this, found));
		}
	}

	/**
	 * Return how the driver gives up, or gave up, after it has waited for the server.
	 */
	OwnEnd timeout() {
		return this.connection.timeout();
	}

	/**
	 * Note that whoever has the connection is about to abort it.
	 */
	void aborting() {
		this.death.aborting();
		closed();
	}

	/**
	 * Return the exception for whatever is tried on a connection that is lost.
	 */
	SQLException afterLoss() {
		return this.death.afterwards();
	}

	void closed() {
		returned();
		if (this.ledger.remove(this) && this.setUp && !isLost()) {
			this.ledger.tell((listener) -> listener.retired(this));
		}
	}

	/**
	 * Tell whether the connection is older than planned, whatever the pool's timers do.
	 */
	boolean isPastLifetime() {
		return isPastLifetime(this.ledger.now());
	}

	private boolean isPastLifetime(long now) {
		return now - this.openedAt >= this.lifetime;
	}

	/**
	 * Tell whether the connection is known to be lost.
	 * @return whether it is
	 */
	public boolean isLost() {
		return this.death.isKnown();
	}

}
