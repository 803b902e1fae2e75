package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.connectionguard.connection.Borrows;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.ConnectionListener;
import io.github.connectionguard.connection.GuardedMysqlDataSource;
import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.connection.PingResult;
import io.github.connectionguard.connection.RoundTripTime;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.LoginRefusal;
import io.github.connectionguard.mysql.MySqlUrl;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessionReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One HikariCP pool under guard. Thread-safe.
 */
public final class GuardedPool {

	private static final Logger logger = LoggerFactory.getLogger(GuardedPool.class);

	/**
	 * How long one line in the log is enough for losses of one kind.
	 */
	private static final Duration SILENCE = Duration.ofMinutes(1);

	private final ServerSessionReader factsReader = new ServerSessionReader();

	private final String beanName;

	private final HikariDataSource dataSource;

	private final DriverSource driver;

	private final PoolSettings settings;

	private final PoolInternals internals;

	private final PoolPlanning planning;

	private final ServerChanges changes;

	private final ConfinedProperties properties = new ConfinedProperties();

	private final Listener listener = new Listener();

	private final LongAdder leaks = new LongAdder();

	private final ConnectionLedger ledger;

	private final GuardedMysqlDataSource connections;

	private final Map<LossCause, Long> toldCauses = new EnumMap<>(LossCause.class);

	private final AtomicBoolean toldFailure = new AtomicBoolean();

	private final Set<LoginRefusal> toldRefusals = ConcurrentHashMap.newKeySet();

	private volatile Reachability lastAttempt = Reachability.UNKNOWN;

	private volatile @Nullable Loss lastLoss;

	private volatile PoolWatch watch = PoolWatch.NONE;

	/**
	 * Put a pool that has not started under guard.
	 */
	GuardedPool(String beanName, HikariDataSource dataSource, DriverSource driver, PoolSettings settings,
			PoolInternals internals) {
		this.beanName = beanName;
		this.dataSource = dataSource;
		this.driver = driver;
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
		if (internals.canEvict()) {
			dataSource.setExceptionOverride(KeepUntilReturned.around(dataSource.getExceptionOverride()));
		}
	}

	/**
	 * Tell whether another pool has this one's settings, connects as this one does, and
	 * so leads to it rather than to the driver.
	 */
	boolean isCopiedBy(HikariDataSource other) {
		return other != this.dataSource && other.getDataSource() == this.connections;
	}

	/**
	 * Tell whether another data source lends the connections of this pool.
	 */
	boolean isLentBy(HikariDataSource other) {
		return isStarted() && other.getHikariPoolMXBean() == this.dataSource.getHikariPoolMXBean();
	}

	/**
	 * Return what the pool would connect through without the guard.
	 */
	DriverSource driver() {
		return this.driver;
	}

	HikariDataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Return the name of the bean the pool is or belongs to, if need be with more to tell
	 * it from other pools of that bean.
	 * @return the name, which no other pool has
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
	public @Nullable ServerSessionFacts facts() {
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
	 * Return how long a server that is well takes at most to answer.
	 * @return the configured limit, more on a path that is known to be slower, or the
	 * pool's {@code validationTimeout} if that is shorter
	 */
	public Duration validationTimeout() {
		return Durations.min(pingLimit(), this.ledger.roundTrip().limit(this.settings.validationTimeout()));
	}

	/**
	 * Tell whether the path to the server is slower than a server that is well is thought
	 * to be.
	 * @return whether it is, after several measurements
	 */
	public boolean isPathSlow() {
		RoundTripTime path = this.ledger.roundTrip();
		return path.smoothed().minus(path.deviation()).compareTo(this.settings.validationTimeout()) > 0;
	}

	/**
	 * Return how long to wait for the answer to a ping of an idle connection, as long as
	 * nothing else says that it will not come.
	 * @return the pool's {@code validationTimeout}
	 */
	public Duration pingLimit() {
		return Duration.ofMillis(this.dataSource.getValidationTimeout());
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
	 * @return the leases, usually none
	 */
	public List<Lease> heldByThread(long since) {
		List<Lease> held = new ArrayList<>();
		for (PhysicalConnection connection : this.ledger.connections()) {
			Lease lease = connection.lease();
			if (lease != null && lease.holder() == Thread.currentThread() && lease.borrow() > since) {
				held.add(lease);
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
		return connection.isHeld() && this.internals.has(this.dataSource, connection.connection());
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
	 * Have the pool raise no alarm for a connection that it has lent and that is kept
	 * beyond what its borrower needed it for.
	 * @param lent the connection, as the pool has lent it
	 */
	public void keep(Connection lent) {
		this.internals.cancelLeakDetection(lent);
	}

	/**
	 * Have the pool lend a connection no more, and close it when it is given back.
	 * @param connection the connection
	 */
	public void retire(PhysicalConnection connection) {
		this.internals.evict(this.dataSource, connection.connection(), "(connection was leaked)");
	}

	/**
	 * Take a connection that was not given back out of the pool, so that its place is
	 * free again. The connection is closed.
	 * @param connection the connection
	 * @return whether that worked
	 */
	public boolean reclaim(PhysicalConnection connection) {
		return this.internals.reclaim(this.dataSource, connection.connection(), "(connection was leaked)");
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
		if (!this.ledger.knowsBoundaries() && this.internals.enableRequestBoundaries(this.dataSource)) {
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
		Login login = Login.of(this.dataSource);
		return attempt.run(() -> this.connections.login(login.username(), login.password()));
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
	 * Note that somebody could log in: connects of the pool that wait for that go on.
	 */
	public void reached() {
		this.toldRefusals.clear();
		this.connections.serverReached();
	}

	/**
	 * Draw the conclusions from what the server says of itself: evict the connections to
	 * what it no longer is.
	 * @param reading what the server says
	 * @param asked the reading of the ledger's clock before it was asked
	 * @return whether anything has changed
	 */
	public boolean settle(ServerReading reading, long asked) {
		this.lastAttempt = Reachability.reached(this.ledger.now());
		boolean changed = this.changes.settle(reading, asked, name());
		this.planning.learn(changed, this.ledger);
		if (changed && reading.facts().readOnly() && address().contains(",")) {
			logger.warn("{} - New connections lead to a server that refuses writes, too: the driver takes the hosts of "
					+ "the URL in their order, whether they take writes or not. Name the one that does first, or put "
					+ "a proxy that knows it before them", name());
		}
		return changed;
	}

	/**
	 * Return what is the same for all pools that lead to the same server, as far as their
	 * configuration tells.
	 * @return the hosts of the URL, or the name of the pool if it has none or leads past
	 * them
	 */
	public String address() {
		String url = this.dataSource.getJdbcUrl();
		return MySqlUrl.isLedByHosts(url) ? MySqlUrl.hosts(url) : name();
	}

	/**
	 * See whether what the network was learned to allow still holds.
	 */
	public void reviewLimit() {
		this.planning.review(pingAfter(), this.ledger);
	}

	/**
	 * Give up connects of the pool that began before the server answered somebody else,
	 * and have got no answer.
	 * @param asked the reading of the ledger's clock before the server was asked
	 */
	public void abandonConnectsBefore(long asked) {
		this.connections.abandonConnectsBefore(asked);
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
		LoginRefusal.of(exception).ifPresent(this::tellRefusal);
	}

	private void tellRefusal(LoginRefusal refusal) {
		if (this.toldRefusals.add(refusal)) {
			logger.warn("{} - Logins are refused: {}", name(), refusal.meaning());
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
		this.internals.evict(this.dataSource, connection.connection(), "(connection is dead)");
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
		public Connection login(ConnectAttempt attempt) throws SQLException {
			return GuardedPool.this.login(attempt);
		}

		@Override
		public void setUp(Connection driver) throws SQLException {
			ServerSessionSetup.of(GuardedPool.this.dataSource).apply(driver);
		}

		@Override
		public LifetimePlan ready(ServerSessionFacts read) {
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
			tell(cause, connection, description);
			evict(connection);
			if (cause != LossCause.ABORTED) {
				GuardedPool.this.changes.suspect();
				GuardedPool.this.watch.lost(loss);
			}
		}

		private void tell(LossCause cause, PhysicalConnection connection, String description) {
			Level level = (isClosed() || !isNews(cause)) ? Level.DEBUG
					: (cause == LossCause.ABORTED) ? Level.INFO : Level.WARN;
			logger.atLevel(level)
				.log("{} - Connection {} is dead: {} (further ones of this kind at DEBUG for a minute)", name(),
						connection.connection(), description);
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
		public Duration pingLimit() {
			return GuardedPool.this.pingLimit();
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
		public void guardFailed(Throwable failure) {
			if (GuardedPool.this.toldFailure.compareAndSet(false, true)) {
				logger.warn("{} - The guard itself has failed, and the pool works as without it wherever that happens "
						+ "(further ones at DEBUG)", name(), failure);
			}
			else {
				logger.debug("{} - The guard itself has failed", name(), failure);
			}
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
		public Runnable beforeBorrows(Runnable told) {
			return GuardedPool.this.internals.beforeBorrows(GuardedPool.this.dataSource, told);
		}

		@Override
		public boolean isKeepaliveCaller() {
			return KeepaliveCaller.isCurrentThread(GuardedPool.this.dataSource);
		}

	}

}
