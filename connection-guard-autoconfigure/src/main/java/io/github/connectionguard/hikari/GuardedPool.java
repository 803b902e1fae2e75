package io.github.connectionguard.hikari;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.connectionguard.advice.StartReport;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.GuardedMysqlDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.RetirementCause;
import io.github.connectionguard.event.EventStream;
import io.github.connectionguard.event.PoolEvents;
import io.github.connectionguard.fleet.Fleet;
import io.github.connectionguard.fleet.PoolShare;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.outcome.UnitCounts;
import io.github.connectionguard.report.PoolReport;
import io.github.connectionguard.report.PoolSnapshot;
import io.github.connectionguard.report.SettingsReport;
import io.github.connectionguard.samples.SampleRing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HikariCP pool under guard: its name, its life, and the way to the rooms that do the
 * rest. Thread-safe.
 */
public final class GuardedPool {

	private static final Logger logger = LoggerFactory.getLogger(GuardedPool.class);

	private final Instant guardedSince = Instant.now();

	private final String beanName;

	private final HikariDataSource dataSource;

	private final DriverSource driver;

	private final PoolEvents events;

	private final UnitCounts units;

	private final StartReport start = new StartReport(this::name);

	private final ConnectionLedger ledger;

	private final HikariOwningPool owner;

	private final PoolPlanning planning;

	private final PoolLosses losses;

	private final PoolLeases leases;

	private final PoolServer server;

	private final GuardedMysqlDataSource connections;

	private volatile @Nullable String driverVersion;

	private final SampleRing samples = new SampleRing(System::nanoTime, InstantSource.system());

	/**
	 * Put a pool that has not started under guard.
	 */
	GuardedPool(String beanName, HikariDataSource dataSource, DriverSource driver, PoolSettings settings,
			PoolInternals internals, EventStream events, UnitCounts units, Fleet fleet) {
		this.beanName = beanName;
		this.dataSource = dataSource;
		this.driver = driver;
		this.units = units;
		this.events = new PoolEvents(events, this::name);
		this.owner = new HikariOwningPool(this, settings, internals);
		this.ledger = new ConnectionLedger(this.owner, new PoolListener(this), settings.pingAfter(), System::nanoTime);
		this.planning = new PoolPlanning(dataSource, settings, this.events, this.start);
		this.losses = new PoolLosses(this);
		this.leases = new PoolLeases(this, internals);
		this.connections = new GuardedMysqlDataSource(() -> driver.build(dataSource, settings, this.start), this.owner,
				this.ledger);
		this.server = new PoolServer(this, this.connections, settings, fleet);
		driver.giveWay(dataSource, this.connections);
		if (!settings.reportOnly()) {
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
	 * Return the server of the pool.
	 * @return the server
	 */
	public PoolServer server() {
		return this.server;
	}

	/**
	 * Return the connections that somebody has.
	 * @return the leases
	 */
	public PoolLeases leases() {
		return this.leases;
	}

	/**
	 * Return the way to tell what happens to the pool.
	 * @return the events
	 */
	public PoolEvents events() {
		return this.events;
	}

	/**
	 * Return what the units of work on the pool have come to.
	 * @return the counts
	 */
	public UnitCounts units() {
		return this.units;
	}

	/**
	 * Return what the pool looked like in the last minutes.
	 * @return the samples
	 */
	public SampleRing samples() {
		return this.samples;
	}

	/**
	 * Look at the counters of the pool for the samples. Borrows nothing and waits for
	 * nothing.
	 */
	public void sample() {
		PoolSnapshot seen = snapshot();
		this.samples.look(seen.active(), seen.idle(), seen.waiting());
	}

	/**
	 * Return what the driver says it is.
	 * @return its name and version, or {@code null} if no session was set up
	 */
	public @Nullable String driverVersion() {
		return this.driverVersion;
	}

	/**
	 * Note what the driver says it is.
	 */
	void isDrivenBy(String nameAndVersion) {
		this.driverVersion = nameAndVersion;
	}

	/**
	 * Return what the log tells of the start of the pool.
	 * @return the report
	 */
	public StartReport start() {
		return this.start;
	}

	PoolLosses losses() {
		return this.losses;
	}

	/**
	 * Tell whether the pool is only observed, and nothing of it changed.
	 * @return whether it is
	 */
	public boolean isReportOnly() {
		return this.owner.isReportOnly();
	}

	HikariOwningPool owner() {
		return this.owner;
	}

	PoolPlanning planning() {
		return this.planning;
	}

	/**
	 * Return the plan of the last session to be set up.
	 * @return the plan, or {@code null} if there was none
	 */
	public @Nullable LifetimePlan plan() {
		return this.planning.plan();
	}

	/**
	 * Return the counters of the pool. Borrows nothing and waits for nothing.
	 * @return the counters, all zero but the maximum as long as the pool has not started
	 */
	public PoolSnapshot snapshot() {
		return snapshot(this.dataSource);
	}

	static PoolSnapshot snapshot(HikariDataSource dataSource) {
		int maximum = dataSource.getMaximumPoolSize();
		HikariPoolMXBean pool = dataSource.getHikariPoolMXBean();
		return (pool != null) ? new PoolSnapshot(pool.getActiveConnections(), pool.getIdleConnections(),
				pool.getTotalConnections(), pool.getThreadsAwaitingConnection(), maximum)
				: new PoolSnapshot(0, 0, 0, 0, maximum);
	}

	/**
	 * Return what is known of the pool as a whole. Borrows nothing, asks nobody and waits
	 * for nothing.
	 * @return the report
	 */
	public PoolReport report() {
		ServerSessionFacts facts = this.planning.facts();
		return new PoolReport(this.beanName, name(), snapshot(), this.server.reachability(),
				(facts != null) ? facts.product() : null, this.dataSource.getConnectionTestQuery(), plan(),
				this.leases.leaks(), this.server.lastPing(), this.losses.last());
	}

	/**
	 * Return what the pool has of its server's connections.
	 */
	PoolShare share() {
		ServerSessionFacts facts = this.planning.facts();
		Set<Long> sessions = this.ledger.connections()
			.stream()
			.map(PhysicalConnection::facts)
			.filter(Objects::nonNull)
			.map(ServerSessionFacts::connectionId)
			.collect(Collectors.toSet());
		return new PoolShare(this.server.address(), this.beanName, this.dataSource.getMaximumPoolSize(),
				(facts != null) ? facts.account() : null, sessions);
	}

	/**
	 * Return what the user asked for, and what the pool keeps to.
	 * @return the settings
	 */
	public SettingsReport settings() {
		return this.planning.settings();
	}

	/**
	 * Return since when the pool has been under guard.
	 * @return the moment
	 */
	public Instant guardedSince() {
		return this.guardedSince;
	}

	/**
	 * Ping the connections that lie in the pool. Those that do not answer are lost.
	 * @param threads where to wait for the answers
	 * @return how many are pinged
	 */
	public int pingIdle(Executor threads) {
		return this.ledger.sweep((wire) -> true, this.server.pingLimit(), threads);
	}

	/**
	 * Have all connections replaced: idle ones are closed in the background, those in use
	 * when they are given back.
	 * @return how many are
	 */
	public int replaceConnections() {
		HikariPoolMXBean pool = this.dataSource.getHikariPoolMXBean();
		if (pool == null) {
			return 0;
		}
		int connections = pool.getTotalConnections();
		this.ledger.connections().forEach((connection) -> connection.retireFor(RetirementCause.REQUESTED));
		pool.softEvictConnections();
		logger.info("{} - {} connections are replaced, as somebody asked", name(), connections);
		return connections;
	}

	/**
	 * Forget what the network was learned to allow.
	 * @return whether anything was
	 */
	public boolean forgetLimit() {
		return this.planning.forget(this.ledger);
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

	@Override
	public String toString() {
		return name();
	}

}
