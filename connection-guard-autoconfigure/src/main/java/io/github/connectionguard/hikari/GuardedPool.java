package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.connectionguard.connection.Borrows;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.ConnectionListener;
import io.github.connectionguard.connection.GuardedMysqlDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.connection.PingResult;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.ConnectAttempt;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.SessionFacts;
import io.github.connectionguard.mysql.SessionFactsReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HikariCP pool under guard. Thread-safe.
 */
public final class GuardedPool {

	private static final Logger logger = LoggerFactory.getLogger(GuardedPool.class);

	/**
	 * How long one line in the log is enough for losses of one kind.
	 */
	private static final Duration SILENCE = Duration.ofMinutes(1);

	private final SessionFactsReader factsReader = new SessionFactsReader();

	private final String beanName;

	private final HikariDataSource dataSource;

	private final PoolSettings settings;

	private final Optional<PoolInternals> internals;

	private final PoolPlanning planning;

	private final ServerChanges changes;

	private final ConfinedProperties properties = new ConfinedProperties();

	private final Listener listener = new Listener();

	private final LongAdder leaks = new LongAdder();

	private final ConnectionLedger ledger;

	private final GuardedMysqlDataSource connections;

	private final Map<LossCause, Long> toldCauses = new EnumMap<>(LossCause.class);

	private volatile Reachability lastAttempt = Reachability.UNKNOWN;

	private volatile @Nullable Loss lastLoss;

	private volatile PoolWatch watch = PoolWatch.NONE;

	/**
	 * Put a pool that has not started under guard.
	 */
	GuardedPool(String beanName, HikariDataSource dataSource, DriverSource driver, PoolSettings settings,
			Optional<PoolInternals> internals) {
		this.beanName = beanName;
		this.dataSource = dataSource;
		this.settings = settings;
		this.ledger = new ConnectionLedger(this.listener, settings.pingAfter(), System::nanoTime);
		this.internals = internals;
		this.planning = new PoolPlanning(dataSource, settings.network());
		this.changes = new ServerChanges(this.ledger, this::evict);
		this.connections = new GuardedMysqlDataSource(() -> driver.build(dataSource), this.listener, this.ledger);
		if (driver.className() != null) {
			dataSource.setDataSourceClassName(null); // else HikariCP warns that it
														// ignores it
		}
		dataSource.setDataSource(this.connections);
		if (internals.isPresent()) {
			dataSource.setExceptionOverride(new KeepUntilReturned(dataSource.getExceptionOverride()));
		}
	}

	/**
	 * Return the name of the bean the pool is, or belongs to.
	 * @return the bean's name
	 */
	public String beanName() {
		return this.beanName;
	}

	/**
	 * Return the pool's own name, for messages.
	 * @return the name of the pool, or of the bean as long as the pool has none
	 */
	public String name() {
		String name = this.dataSource.getPoolName();
		return (name != null) ? name : this.beanName;
	}

	/**
	 * Return the ledger of the pool's physical connections.
	 * @return the ledger
	 */
	public ConnectionLedger ledger() {
		return this.ledger;
	}

	/**
	 * Return what the last session to be set up said.
	 * @return the facts, or {@code null} if there was none
	 */
	public @Nullable SessionFacts facts() {
		return this.planning.facts();
	}

	/**
	 * Return the plan of the last session to be set up.
	 * @return the plan, or {@code null} if there was none
	 */
	public @Nullable LifetimePlan plan() {
		return this.planning.plan();
	}

	/**
	 * Return the last loss of a connection.
	 * @return the loss, or {@code null} if none was lost
	 */
	public @Nullable Loss lastLoss() {
		return this.lastLoss;
	}

	/**
	 * Return the last ping of any of the pool's connections.
	 * @return the ping, or {@code null} if there was none
	 */
	public @Nullable PingResult lastPing() {
		return this.ledger.lastPing();
	}

	/**
	 * Return the auto-commit mode connections are lent with.
	 * @return whether they are in auto-commit mode
	 */
	public boolean isAutoCommit() {
		return this.dataSource.isAutoCommit();
	}

	/**
	 * Return the query the pool validates connections with.
	 * @return the configured {@code connectionTestQuery}, or {@code null} if it pings
	 */
	public @Nullable String validationQuery() {
		return this.dataSource.getConnectionTestQuery();
	}

	/**
	 * Return how long a ping of an idle connection may take.
	 * @return the configured limit, or the pool's {@code validationTimeout} if that is
	 * shorter
	 */
	public Duration validationTimeout() {
		Duration own = Duration.ofMillis(this.dataSource.getValidationTimeout());
		return (own.compareTo(this.settings.validationTimeout()) < 0) ? own : this.settings.validationTimeout();
	}

	/**
	 * Return the counters of the pool. Borrows nothing and waits for nothing.
	 * @return the counters, all zero but the maximum as long as the pool has not started
	 */
	public PoolSnapshot snapshot() {
		int maximum = this.dataSource.getMaximumPoolSize();
		HikariPoolMXBean pool = this.dataSource.getHikariPoolMXBean();
		if (pool == null) {
			return new PoolSnapshot(0, 0, 0, 0, maximum);
		}
		return new PoolSnapshot(pool.getActiveConnections(), pool.getIdleConnections(), pool.getTotalConnections(),
				pool.getThreadsAwaitingConnection(), maximum);
	}

	/**
	 * Return what is known of the server. Asks nobody.
	 * @return the outcome of the last attempt to connect, unless a connection was heard
	 * since
	 */
	public Reachability reachability() {
		Reachability last = this.lastAttempt;
		if (last.status() != Reachability.Status.UNREACHABLE) {
			return last;
		}
		return isHeardSince(last.at()) ? Reachability.reached(this.ledger.now()) : last;
	}

	private boolean isHeardSince(long time) {
		return this.ledger.connections()
			.stream()
			.anyMatch((connection) -> !connection.isLost() && connection.wire().isHeardSince(time));
	}

	/**
	 * Return the connections the current thread borrowed and still holds.
	 * @param since how many {@linkplain Borrows borrows} of the thread went before
	 * @return the connections, usually none
	 */
	public List<PhysicalConnection> heldByThread(long since) {
		List<PhysicalConnection> held = new ArrayList<>();
		for (PhysicalConnection connection : this.ledger.connections()) {
			if (connection.holder() == Thread.currentThread() && connection.borrow() > since) {
				held.add(connection);
			}
		}
		return held;
	}

	/**
	 * Tell whether a connection that somebody holds is still to be given back.
	 * @param connection the connection
	 * @return whether it is, as far as the pool can be asked
	 */
	public boolean isOut(PhysicalConnection connection) {
		return connection.isHeld()
				&& this.internals.map((access) -> access.has(this.dataSource, connection.connection())).orElse(true);
	}

	/**
	 * Count a connection that was not given back, and have the places recorded from now
	 * on where connections are borrowed.
	 */

	public void countLeak() {
		this.leaks.increment();
		this.ledger.recordBorrowers();
	}

	/**
	 * Return how many connections were not given back.
	 * @return the number, since the application started
	 */
	public long leaks() {
		return this.leaks.sum();
	}

	/**
	 * Take a connection that was not given back out of the pool, so that its place is
	 * free again. The connection is closed.
	 * @param connection the connection
	 * @return whether that worked
	 */
	public boolean reclaim(PhysicalConnection connection) {
		return this.internals
			.map((access) -> access.reclaim(this.dataSource, connection.connection(), "(connection was leaked)"))
			.orElse(false);
	}

	/**
	 * Tell whether the pool was closed.
	 * @return whether it was
	 */
	public boolean isClosed() {
		return this.dataSource.isClosed();
	}

	/**
	 * Tell whether the pool has started.
	 * @return whether it has
	 */
	public boolean isStarted() {
		return this.dataSource.getHikariPoolMXBean() != null;
	}

	boolean isEager() {
		return this.settings.eager();
	}

	/**
	 * Start the pool if it has not been, without leaving anything behind if it is closed
	 * meanwhile.
	 * @throws SQLException if the server cannot be reached
	 */
	void open() throws SQLException {
		if (!isStarted()) {
			start();
		}
		if (!this.ledger.knowsBoundaries()
				&& this.internals.map((access) -> access.enableRequestBoundaries(this.dataSource)).orElse(false)) {
			this.ledger.noteBoundaries();
		}
	}

	private void start() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			logger.debug("{} - Opened with {}", name(), connection);
		}
		finally {
			if (isClosed() && this.dataSource.getHikariPoolMXBean() instanceof HikariPool pool) {
				shutDown(pool);
			}
		}
	}

	private static void shutDown(HikariPool pool) {
		try {
			pool.shutdown();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Log in past the pool and out again.
	 */
	void login() {
		try (Connection connection = login(new ConnectAttempt())) {
			this.lastAttempt = Reachability.reached(this.ledger.now());
			logger.debug("{} - The server answers again: {}", name(), connection);
		}
		catch (SQLException | RuntimeException ex) {
			unreachable(ex);
		}
	}

	// For whoever looks after the server

	/**
	 * Have the server looked after from now on.
	 * @param watch who does, or {@link PoolWatch#NONE} if nobody does any more
	 */
	public void watchedBy(PoolWatch watch) {
		this.watch = watch;
	}

	/**
	 * Log in past the pool.
	 * @param attempt the attempt, by which it can be given up
	 * @return the driver's connection
	 * @throws SQLException if the driver cannot connect
	 */
	public Connection login(ConnectAttempt attempt) throws SQLException {
		var credentials = DriverSource.credentials(this.dataSource);
		return attempt.run(() -> this.connections.login(credentials.getUsername(), credentials.getPassword()));
	}

	/**
	 * Ask the server about itself.
	 * @param login a connection past the pool
	 * @return the inquiry
	 */
	public ServerInquiry inquire(Connection login) {
		return new ServerInquiry(login, this.factsReader);
	}

	/**
	 * Draw the conclusions from what the server says of itself: evict the connections to
	 * what it no longer is, and connect anew where the pool waits for an answer.
	 * @param reading what the server says
	 * @param asked the reading of the ledger's clock before it was asked
	 */
	public void settle(ServerReading reading, long asked) {
		this.lastAttempt = Reachability.reached(this.ledger.now());
		this.connections.abandonConnectsBefore(asked);
		boolean changed = this.changes.settle(reading, name());
		this.planning.learn(changed, this.ledger);
	}

	/**
	 * Note that nobody could log in. A server that is too busy to let anybody in is there
	 * for those who are.
	 * @param exception the reason
	 */
	public void unreachable(Exception exception) {
		Reachability failed = Reachability.failed(this.ledger.now(), exception);
		boolean busy = exception instanceof SQLException failure && !ConnectionErrors.isServerAway(failure)
				&& !failed.refused();
		if (!busy || this.ledger.connections().isEmpty()) {
			this.lastAttempt = failed;
		}
	}

	/**
	 * Note that the server does not answer at all.
	 * @param since the reading of the ledger's clock when it was asked
	 */
	public void silent(long since) {
		if (!isHeardSince(since)) {
			this.lastAttempt = Reachability.silent(since);
		}
	}

	/**
	 * Return how long the server may not have been heard before nobody can be sure of it.
	 * @return the time
	 */
	public Duration pingAfter() {
		return this.settings.pingAfter();
	}

	private void evict(PhysicalConnection connection) {
		this.internals
			.ifPresent((access) -> access.evict(this.dataSource, connection.connection(), "(connection is dead)"));
	}

	@Override
	public String toString() {
		return name();
	}

	/**
	 * What the data source under the pool reports.
	 */
	private final class Listener implements ConnectionListener {

		@Override
		public void poolStarting() {
			GuardedPool.this.planning.timers().validated();
			GuardedPool.this.properties.set();
			for (String advice : ConfigurationAdvice.on(GuardedPool.this.dataSource,
					GuardedPool.this.planning.timers().requested())) {
				logger.info("{} - Advice: {}", name(), advice);
			}
		}

		@Override
		public void connecting() {
			GuardedPool.this.properties.clear();
		}

		@Override
		public void connectFailed(Exception exception) {
			unreachable(exception);
			GuardedPool.this.watch.connectFailed();
		}

		@Override
		public LifetimePlan ready(SessionFacts read) {
			GuardedPool.this.lastAttempt = Reachability.reached(GuardedPool.this.ledger.now());
			GuardedPool.this.changes.ready(read);
			return GuardedPool.this.planning.ready(read);
		}

		@Override
		public @Nullable LifetimePlan unreadable(Exception exception) {
			GuardedPool.this.lastAttempt = Reachability.reached(GuardedPool.this.ledger.now());
			return GuardedPool.this.planning.unreadable(exception);
		}

		@Override
		public void lost(PhysicalConnection connection, ConnectionLoss loss) {
			LossCause cause = LossCause.of(loss);
			String description = cause.describe(loss);
			GuardedPool.this.lastLoss = new Loss(Instant.now(), cause, description);
			if (isNews(cause)) {
				logger.warn("{} - Connection {} is dead: {} (further ones of this kind at DEBUG for a minute)", name(),
						connection.connection(), description);
			}
			else {
				logger.debug("{} - Connection {} is dead: {}", name(), connection.connection(), description);
			}
			GuardedPool.this.changes.suspect();
			evict(connection);
			GuardedPool.this.watch.lost(loss);
		}

		private boolean isNews(LossCause cause) {
			long now = GuardedPool.this.ledger.now();
			synchronized (GuardedPool.this.toldCauses) {
				Long told = GuardedPool.this.toldCauses.get(cause);
				boolean news = told == null || now - told > SILENCE.toNanos();
				if (news) {
					GuardedPool.this.toldCauses.put(cause, now);
				}
				return news;
			}
		}

		@Override
		public Duration validationTimeout() {
			return GuardedPool.this.validationTimeout();
		}

		@Override
		public void pinging(PhysicalConnection connection) {
			GuardedPool.this.watch.pinging(connection);
		}

		@Override
		public void survived(Duration idle) {
			GuardedPool.this.planning.survived(idle);
		}

		@Override
		public void dropped(Duration idle, boolean closed) {
			GuardedPool.this.planning.dropped(idle, closed, GuardedPool.this.ledger.now());
		}

		@Override
		public void refusedToWrite() {
			GuardedPool.this.changes.suspect();
			GuardedPool.this.watch.refusedToWrite();
		}

		@Override
		public void awaitVerdict(Duration limit) {
			GuardedPool.this.watch.awaitVerdict(limit);
		}

		@Override
		public boolean isWaitingForServer() {
			return GuardedPool.this.watch != PoolWatch.NONE && isStarted() && !isClosed();
		}

		@Override
		public boolean isAutoCommitDeferred() {
			return GuardedPool.this.settings.deferAutoCommit();
		}

		@Override
		public boolean isKeepaliveCaller() {
			return KeepaliveCaller.isCurrentThread(GuardedPool.this.dataSource);
		}

	}

}
