package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.github.connectionguard.driver.ConnectionSocket;
import io.github.connectionguard.driver.KnownWriteTimeout;
import io.github.connectionguard.lifetime.RoundTripTime;
import io.github.connectionguard.mysql.ServerSessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * The physical connections of one pool. Thread-safe.
 */
public final class ConnectionLedger {

	/**
	 * Looked through at the end of every request, changed when a connection is opened or
	 * closed.
	 */
	private final Set<PhysicalConnection> connections = new CopyOnWriteArraySet<>();

	private final Collection<PhysicalConnection> view = Collections.unmodifiableCollection(this.connections);

	private final OwningPool pool;

	private final ConnectionListener listener;

	private final LongSupplier clock;

	private volatile boolean boundaries;

	private volatile boolean recordBorrowers;

	private volatile @Nullable PingResult lastPing;

	private volatile RoundTripTime roundTrip = RoundTripTime.UNKNOWN;

	private volatile long heardAt;

	private volatile boolean doubtful;

	private volatile long trustedSince;

	private final long pingAfter;

	private final AtomicBoolean glancing = new AtomicBoolean();

	private final LongAdder spared = new LongAdder();

	private final Substitutes substitutes = new Substitutes(this);

	private final PingQueue pings = new PingQueue(this);

	/**
	 * Create an empty ledger.
	 * @param pool the pool that owns the connections
	 * @param listener who is told what happens
	 * @param pingAfter how long the server may not have been heard before a look is not
	 * enough
	 * @param clock a clock of nanoseconds, as {@link System#nanoTime()}
	 */
	public ConnectionLedger(OwningPool pool, ConnectionListener listener, Duration pingAfter, LongSupplier clock) {
		this.pool = pool;
		this.listener = listener;
		this.pingAfter = pingAfter.toNanos();
		this.clock = clock;
		this.trustedSince = now();
		this.heardAt = this.trustedSince;
	}

	/**
	 * Return the connections that are open.
	 * @return a view, safe to iterate while it changes
	 */
	public Collection<PhysicalConnection> connections() {
		return this.view;
	}

	/**
	 * Return the reading of the ledger's clock.
	 * @return nanoseconds
	 */
	public long now() {
		return this.clock.getAsLong();
	}

	/**
	 * Return when something was.
	 * @param time the reading of the ledger's clock
	 * @return the moment, as the wall clock has it now
	 */
	public Instant moment(long time) {
		return Instant.now().minusNanos(now() - time);
	}

	/**
	 * Return the last ping, whoever sent it.
	 * @return the ping, or {@code null} if there was none
	 */
	public @Nullable PingResult lastPing() {
		return this.lastPing;
	}

	/**
	 * Record from now on where connections are borrowed. It costs a stack walk a borrow.
	 */
	public void recordBorrowers() {
		this.recordBorrowers = true;
	}

	boolean recordsBorrowers() {
		return this.recordBorrowers;
	}

	/**
	 * Note that the pool says when it lends a connection and takes it back.
	 */
	public void noteBoundaries() {
		if (!this.boundaries) {
			this.boundaries = true;
		}
	}

	/**
	 * Tell whether the pool says when it lends a connection and takes it back.
	 * @return whether it does
	 */
	public boolean knowsBoundaries() {
		return this.boundaries;
	}

	/**
	 * Note that statements are not sent that would be without the guard.
	 */
	void spare(int statements) {
		this.spared.add(statements);
	}

	/**
	 * Return how many statements were not sent that would have been without the guard:
	 * changes of the auto-commit mode, the access mode or the isolation level that were
	 * taken back before a statement ran, and commits and rollbacks of nothing.
	 * @return the number, which only grows
	 */
	public long spared() {
		return this.spared.sum();
	}

	OwningPool pool() {
		return this.pool;
	}

	ConnectionListener listener() {
		return this.listener;
	}

	/**
	 * Enter a connection. One that cannot be is the pool's as it is.
	 */
	Connection open(Connection delegate, ConnectionSocket socket) throws SQLException {
		try {
			PhysicalConnection connection = new PhysicalConnection(this, delegate, socket);
			this.connections.add(connection);
			return connection.connection();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			return delegate;
		}
	}

	/**
	 * Enter a connection in the place of another one.
	 */
	void replace(PhysicalConnection former, PhysicalConnection next) {
		this.connections.add(next);
		former.closed();
	}

	Substitutes substitutes() {
		return this.substitutes;
	}

	/**
	 * Note that the guard itself has failed, and does without: HikariCP expects nothing
	 * but an {@link SQLException}, and loses a place for good by anything else.
	 */
	void failed(Throwable failure) {
		this.listener.guardFailed(failure);
	}

	void pinged(PingResult result) {
		this.lastPing = result;
		if (result.alive()) {
			measured(result.took());
		}
		tell((listener) -> listener.pinged(result));
	}

	/**
	 * Ask a new session about itself, and see how long that takes.
	 */
	ServerSessionFacts ask(Connection driver) throws SQLException {
		long begin = now();
		ServerSessionFacts read = this.pool.read(driver);
		measured(Duration.ofNanos(now() - begin));
		KnownWriteTimeout.correct(driver, read);
		return read;
	}

	synchronized void measured(Duration took) {
		this.roundTrip = this.roundTrip.with(took);
		this.substitutes.measured(this.roundTrip);
	}

	void heard(long time) {
		this.heardAt = time;
	}

	/**
	 * Tell whether the server was heard lately on any of the connections: then the path
	 * to it is there.
	 */
	boolean isHeardWithin(long nanos, long now) {
		return now - this.heardAt < nanos;
	}

	/**
	 * Return how long an exchange with the server takes.
	 * @return the time, as far as it was measured
	 */
	public RoundTripTime roundTrip() {
		return this.roundTrip;
	}

	/**
	 * Note that the server may not be there: until it is trusted again, and from then on
	 * until a connection was heard once, it takes a ping to tell that one is alive.
	 */
	public void doubt() {
		this.doubtful = true;
	}

	/**
	 * Note that the server is there. Does nothing if nobody doubted it.
	 */
	public void trust() {
		if (this.doubtful) {
			this.trustedSince = now();
			this.doubtful = false;
		}
	}

	/**
	 * Tell whether what was heard at a moment means that a connection is alive.
	 */
	boolean isTrusted(long heardAt) {
		return !this.doubtful && heardAt - this.trustedSince >= 0;
	}

	boolean isDoubtful() {
		return this.doubtful;
	}

	/**
	 * Return how long the server may not have been heard before a look is not enough.
	 * @return the time in nanoseconds
	 */
	long pingAfter() {
		return this.pingAfter;
	}

	/**
	 * Tell news, of which nothing comes back to whoever met it.
	 */
	void tell(Consumer<ConnectionListener> news) {
		safely(() -> news.accept(this.listener));
	}

	/**
	 * Do what may fail, of which nothing comes back.
	 */
	void safely(Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException | Error ex) {
			failed(ex); // whoever met a death is to see that, and not this
		}
	}

	/**
	 * Look at all connections that are open. Those that the other end has closed are
	 * lost. Waits for nothing and asks nobody.
	 */
	public void glanceAtAll() {
		if (this.glancing.compareAndSet(false, true)) {
			try {
				this.connections.forEach((other) -> other.wire().glance());
			}
			finally {
				this.glancing.set(false);
			}
		}
	}

	/**
	 * Return the connections in the pool that are to be pinged.
	 * @return those that wait for it
	 */
	public PingQueue pings() {
		return this.pings;
	}

	/**
	 * Ping the connections that lie in the pool and are under suspicion, at the same time
	 * as far as there may be threads for it. Those that do not answer are lost.
	 * @param suspects which are
	 * @param limit how long to wait for the answers
	 * @param threads where to wait
	 * @return how many are
	 */
	public int sweep(Predicate<Wire> suspects, Duration limit, Executor threads) {
		int swept = 0;
		for (PhysicalConnection connection : this.connections) {
			Wire wire = connection.wire();
			if (connection.isIdle() && !wire.pings().isUnderWay() && suspects.test(wire)
					&& this.pings.add(connection, limit)) {
				swept++;
			}
		}
		this.pings.pingNow(threads);
		return swept;
	}

	/**
	 * Ping one of the connections that lie in the pool. If it does not answer, it is
	 * lost.
	 * @param limit how long to wait for the answer
	 * @param threads where to wait
	 * @return whether there is one
	 */
	public boolean pingOne(Duration limit, Executor threads) {
		boolean found = this.connections.stream()
			.filter(PhysicalConnection::isIdle)
			.findFirst()
			.map((connection) -> this.pings.add(connection, limit))
			.isPresent();
		this.pings.pingSoon(threads);
		return found;
	}

	/**
	 * Forget a connection.
	 * @return whether it was in here
	 */
	boolean remove(PhysicalConnection connection) {
		return this.connections.remove(connection);
	}

}
