package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.ConnectionListener;
import io.github.connectionguard.connection.GuardedMysqlDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.connection.PingResult;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.NetworkLimit;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.mysql.MySqlUrl;
import io.github.connectionguard.mysql.SessionFacts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HikariCP pool under guard. Thread-safe.
 */
public final class GuardedPool {

	private static final Logger logger = LoggerFactory.getLogger(GuardedPool.class);

	private final String beanName;

	private final HikariDataSource dataSource;

	private final PoolSettings settings;

	private final Optional<PoolInternals> internals;

	private final HikariTimers timers;

	private final ConfinedProperties properties = new ConfinedProperties();

	private final Listener listener = new Listener();

	private final ConnectionLedger ledger;

	private final GuardedMysqlDataSource connections;

	private final Set<LossCause> toldCauses = EnumSet.noneOf(LossCause.class);

	private volatile Reachability lastAttempt = Reachability.UNKNOWN;

	private volatile @Nullable SessionFacts facts;

	private volatile @Nullable LifetimePlan plan;

	private volatile @Nullable Loss lastLoss;

	private volatile boolean toldUnreadable;

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
		this.timers = new HikariTimers(dataSource);
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
		return this.facts;
	}

	/**
	 * Return the plan of the last session to be set up.
	 * @return the plan, or {@code null} if there was none
	 */
	public @Nullable LifetimePlan plan() {
		return this.plan;
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
		long now = this.ledger.now();
		boolean heard = this.ledger.connections()
			.stream()
			.anyMatch((connection) -> !connection.isLost() && connection.quiet().toNanos() < now - last.at());
		return heard ? Reachability.reached(now) : last;
	}

	/**
	 * Return the connections a thread borrowed and still holds.
	 * @param thread the thread
	 * @param since the reading of the ledger's clock after which they were borrowed
	 * @return the connections, usually none
	 */
	public List<PhysicalConnection> heldBy(Thread thread, long since) {
		List<PhysicalConnection> held = null;
		for (PhysicalConnection connection : this.ledger.connections()) {
			if (connection.holder() == thread && connection.borrowedAt() - since >= 0) {
				held = (held != null) ? held : new ArrayList<>();
				held.add(connection);
			}
		}
		return (held != null) ? held : List.of();
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
		var credentials = DriverSource.credentials(this.dataSource);
		try (Connection connection = this.connections.login(credentials.getUsername(), credentials.getPassword())) {
			this.lastAttempt = Reachability.reached(this.ledger.now());
			logger.debug("{} - The server answers again: {}", name(), connection);
		}
		catch (SQLException | RuntimeException ex) {
			this.lastAttempt = Reachability.failed(this.ledger.now(), ex);
		}
	}

	private void tellPlan(@Nullable String version, LifetimePlan planned, PoolTimers requested) {
		String limit = "%s (%s%s) is %s".formatted(planned.source().description(),
				(version != null) ? version + " at " : "", hosts(), Durations.text(planned.limit()));
		PoolTimers set = planned.poolTimers();
		if (set.equals(requested)) {
			logger.info("{} - {}; nothing has to change: max-lifetime {}, keepalive-time {}", name(), limit,
					Durations.text(set.maxLifetime()), Durations.text(set.keepalive()));
		}
		else {
			logger.info("{} - {}; max-lifetime {} -> {}, keepalive-time {} -> {}, so that no connection outlives it",
					name(), limit, Durations.text(requested.maxLifetime()), Durations.text(set.maxLifetime()),
					Durations.text(requested.keepalive()), Durations.text(set.keepalive()));
		}
	}

	private String hosts() {
		return MySqlUrl.hosts(this.dataSource.getJdbcUrl());
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
			GuardedPool.this.timers.validated();
			GuardedPool.this.properties.set();
			for (String advice : ConfigurationAdvice.on(GuardedPool.this.dataSource,
					GuardedPool.this.timers.requested())) {
				logger.info("{} - Advice: {}", name(), advice);
			}
		}

		@Override
		public void connecting() {
			GuardedPool.this.properties.clear();
		}

		@Override
		public void connectFailed(Exception exception) {
			GuardedPool.this.lastAttempt = Reachability.failed(GuardedPool.this.ledger.now(), exception);
		}

		@Override
		public LifetimePlan ready(SessionFacts read) {
			GuardedPool.this.lastAttempt = Reachability.reached(GuardedPool.this.ledger.now());
			GuardedPool.this.facts = read;
			return plan(read.limits(), read.version());
		}

		private LifetimePlan plan(ServerLimits limits, @Nullable String version) {
			PoolTimers requested = GuardedPool.this.timers.requested();
			LifetimePlan planned = LifetimePlan.of(limits, GuardedPool.this.settings.network(), requested);
			GuardedPool.this.timers.set(planned.poolTimers());
			LifetimePlan before = GuardedPool.this.plan;
			GuardedPool.this.plan = planned;
			if (!planned.equals(before)) {
				tellPlan(version, planned, requested);
			}
			return planned;
		}

		@Override
		public @Nullable LifetimePlan unreadable(Exception exception) {
			GuardedPool.this.lastAttempt = Reachability.reached(GuardedPool.this.ledger.now());
			if (!GuardedPool.this.toldUnreadable) {
				GuardedPool.this.toldUnreadable = true;
				logger.warn(
						"{} - wait_timeout could not be read ({}); max-lifetime and keepalive-time stay as they "
								+ "are, unless connection-guard.network-idle-timeout says what is allowed.",
						name(), exception.getMessage());
			}
			NetworkLimit network = GuardedPool.this.settings.network();
			return (network != null) ? plan(new ServerLimits(network.idleTimeout(), LimitSource.NETWORK), null) : null;
		}

		@Override
		public void lost(PhysicalConnection connection, ConnectionLoss loss) {
			LossCause cause = LossCause.of(loss);
			String description = cause.describe(loss);
			GuardedPool.this.lastLoss = new Loss(Instant.now(), cause, description);
			if (firstOf(cause)) {
				logger.warn("{} - Connection {} is dead: {} (further ones of this kind at DEBUG)", name(),
						connection.connection(), description);
			}
			else {
				logger.debug("{} - Connection {} is dead: {}", name(), connection.connection(), description);
			}
			GuardedPool.this.internals.ifPresent((access) -> access.evict(GuardedPool.this.dataSource,
					connection.connection(), "(connection is dead)"));
		}

		private boolean firstOf(LossCause cause) {
			synchronized (GuardedPool.this.toldCauses) {
				return GuardedPool.this.toldCauses.add(cause);
			}
		}

		@Override
		public boolean isKeepaliveCaller() {
			return KeepaliveCaller.isCurrentThread(GuardedPool.this.dataSource);
		}

	}

}
