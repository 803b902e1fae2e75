package io.github.connectionguard.hikari;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.driver.ConnectionAttributes;
import io.github.connectionguard.event.EventStream;
import io.github.connectionguard.fleet.Fleet;
import io.github.connectionguard.fleet.PoolShare;
import io.github.connectionguard.outcome.UnitCounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools of one application that are under guard. Thread-safe.
 */
public final class GuardedPools {

	private static final Logger logger = LoggerFactory.getLogger(GuardedPools.class);

	/**
	 * The name of a pool that is no bean and whose maker has not named it.
	 */
	private static final String UNNAMED = "pool";

	private final Map<HikariDataSource, GuardedPool> pools = new ConcurrentHashMap<>();

	/**
	 * Looked through by requests, changed at the start and the end.
	 */
	private final List<GuardedPool> view = new CopyOnWriteArrayList<>();

	private final Map<HikariDataSource, StartedPool> started = new ConcurrentHashMap<>();

	/**
	 * Those that lead elsewhere, as far as is known, or are another guard's.
	 */
	private final Set<HikariDataSource> others = weakSet();

	private final Set<HikariDataSource> added = weakSet();

	private final EventStream events = new EventStream();

	private final UnitCounts units = new UnitCounts();

	private final PoolSettings settings;

	private final PoolInternals internals = new PoolInternals();

	private final Fleet fleet;

	private volatile @Nullable Function<GuardedPool, String> sessions;

	private final boolean guardable = DriverSource.isBuildable();

	/**
	 * Create a registry without pools.
	 * @param settings what the user may set about the pools
	 */
	public GuardedPools(PoolSettings settings) {
		this.settings = settings;
		ConnectionAttributes attributes = settings.attributes();
		this.fleet = new Fleet(this::shares, (attributes != null) ? attributes.programName() : null, System::nanoTime);
	}

	private static Set<HikariDataSource> weakSet() {
		return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
	}

	/**
	 * Return the pools under guard.
	 * @return a view of the pools, in no order
	 */
	public Collection<GuardedPool> pools() {
		return Collections.unmodifiableList(this.view);
	}

	/**
	 * Return the pools that ran before the guard met them, of which it could only set the
	 * timers.
	 * @return a view of the pools, in no order
	 */
	public Collection<StartedPool> startedPools() {
		return Collections.unmodifiableCollection(this.started.values());
	}

	/**
	 * Forget the pools that were closed.
	 */
	public void forgetClosed() {
		this.pools.keySet().removeIf(HikariDataSource::isClosed);
		this.view.removeIf(GuardedPool::isClosed);
		this.started.keySet().removeIf(HikariDataSource::isClosed);
	}

	/**
	 * Return what happens to the pools.
	 * @return the events
	 */
	public EventStream events() {
		return this.events;
	}

	/**
	 * Return what the units of work on all pools have come to.
	 * @return the counts, which go on
	 */
	public UnitCounts units() {
		return this.units;
	}

	/**
	 * Return what the pools under guard have of their servers' connections.
	 * @return the shares
	 */
	public List<PoolShare> shares() {
		return this.view.stream().map(GuardedPool::share).toList();
	}

	/**
	 * Note that it is decided how sessions run, which is told with what else there is to
	 * tell of each pool's start.
	 * @param told returns the line for a pool, also for one that is added later; empty if
	 * there is nothing to tell
	 */
	public void sessionsDecided(Function<GuardedPool, String> told) {
		this.sessions = told;
		this.view.forEach((pool) -> pool.start().sessions(told.apply(pool)));
	}

	/**
	 * Note that nothing is left to wait for in telling of each pool's start.
	 */
	public void sessionsDecided() {
		if (this.sessions == null) {
			sessionsDecided((pool) -> "");
		}
	}

	/**
	 * Find a pool under guard.
	 * @param pool the pool
	 * @return the pool under guard, or {@code null} if it is not
	 */
	public @Nullable GuardedPool find(HikariDataSource pool) {
		return this.pools.get(pool);
	}

	/**
	 * Make ready to open a pool in the background.
	 * @param pool the pool
	 * @return its opening, which has not begun
	 */
	public PoolOpening opening(GuardedPool pool) {
		boolean wanted = !this.added.remove(pool.dataSource());
		return new PoolOpening(pool, wanted && this.settings.eager(), this.internals);
	}

	/**
	 * Tell whether it is settled whether a pool is guarded, as it is for one that was
	 * closed.
	 * @param pool the pool
	 * @return whether it is
	 */
	public boolean isKnown(HikariDataSource pool) {
		return isMet(pool) || this.others.contains(pool);
	}

	private boolean isMet(HikariDataSource pool) {
		return !this.guardable || this.pools.containsKey(pool) || this.started.containsKey(pool) || pool.isClosed();
	}

	/**
	 * Guard a pool that leads to MySQL or MariaDB. Does nothing for one that is known
	 * already, or of which nobody has said yet where it leads to. Waits for whoever is
	 * just starting the pool.
	 * @param name the name of the bean that the pool is or belongs to
	 * @param pool the pool, which best has not started
	 */
	public void guard(String name, HikariDataSource pool) {
		if (isKnown(pool)) {
			return;
		}
		GuardedPool guarded;
		synchronized (pool) { // or it might be started meanwhile
			guarded = isKnown(pool) ? null : meet(name, pool);
		}
		if (guarded != null) {
			show(guarded);
		}
	}

	/**
	 * Guard a pool that was added at run time, as
	 * {@link #guard(String, HikariDataSource)} does, but leave it to whoever uses it to
	 * open it.
	 * @param name the name of the bean that the pool belongs to
	 * @param pool the pool, which best has not started
	 */
	public void guardAdded(String name, HikariDataSource pool) {
		this.added.add(pool);
		guard(name, pool);
	}

	/**
	 * Guard a pool that is no bean, as {@link #guard(String, HikariDataSource)} does, by
	 * its own name.
	 * @param pool the pool, which best has not started
	 */
	public void guard(HikariDataSource pool) {
		guard(nameOf(pool), pool);
		tellIfLeft(pool);
	}

	/**
	 * Put a pool under guard that never starts, so that the classes it takes are loaded.
	 * Only for an instance that is not used for anything else.
	 * @return the pool
	 */
	public HikariDataSource rehearse() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:mysql://localhost/");
		guard(pool);
		return pool;
	}

	/**
	 * Start a pool as HikariCP's constructor does, under guard from its first connection
	 * on if it leads to MySQL or MariaDB. Nothing stays of one that fails to start.
	 * @param config the configuration, of which the pool gets a copy
	 * @return the pool
	 */
	public HikariDataSource start(HikariConfig config) {
		GuardedStart start = new GuardedStart(config, this::meetStarting);
		boolean started = false;
		try {
			HikariDataSource pool = new HikariDataSource(start);
			started = true;
			guard(pool); // else it is told why it is not
			return pool;
		}
		finally {
			GuardedPool guarded = start.guarded();
			if (guarded != null) {
				settle(guarded, started);
			}
		}
	}

	private void settle(GuardedPool guarded, boolean started) {
		this.internals.properties().clear(guarded.owner()); // it may not have connected
		if (started) {
			show(guarded);
		}
		else {
			this.pools.remove(guarded.dataSource());
		}
	}

	private @Nullable GuardedPool meetStarting(HikariDataSource pool) {
		GuardedPool original = original(pool);
		if (original != null) {
			return add(nameOf(pool), pool, original.driver());
		}
		return (this.guardable && Destination.of(pool).kind() == Destination.Kind.MYSQL)
				? add(nameOf(pool), pool, DriverSource.of(pool)) : null;
	}

	private @Nullable GuardedPool meet(String name, HikariDataSource pool) {
		GuardedPool original = original(pool);
		if (original != null) {
			return meetCopy(name, pool, original);
		}
		Destination destination = Destination.of(pool);
		if (destination.kind() == Destination.Kind.MYSQL) {
			return meet(name, pool, DriverSource.of(pool));
		}
		if (destination.kind() != Destination.Kind.UNSET) {
			this.others.add(pool);
		}
		if (destination.kind() == Destination.Kind.UNKNOWN) {
			logger.info("{} - The pool is not guarded: {}", (pool.getPoolName() != null) ? pool.getPoolName() : name,
					destination.doubt());
		}
		return null;
	}

	private static String nameOf(HikariDataSource pool) {
		String name = pool.getPoolName();
		return (name != null) ? name : UNNAMED;
	}

	private void tellIfLeft(HikariDataSource pool) {
		if (!isMet(pool) && Destination.of(pool).kind() != Destination.Kind.UNKNOWN) {
			logger.info("{} - Left as it is, since it does not lead to MySQL or MariaDB", nameOf(pool));
		}
	}

	private @Nullable GuardedPool original(HikariDataSource copy) {
		return this.view.stream().filter((pool) -> pool.isCopiedBy(copy)).findFirst().orElse(null);
	}

	/**
	 * Guard a pool that was made from the state of a guarded one, as a spy is, which also
	 * takes its place. A spy on a pool that runs lends the connections of that.
	 */
	private @Nullable GuardedPool meetCopy(String name, HikariDataSource copy, GuardedPool original) {
		if (original.isStarted() && copy.getHikariPoolMXBean() == original.dataSource().getHikariPoolMXBean()) {
			this.pools.put(copy, original);
			return null;
		}
		if (original.beanName().equals(name) && !original.isStarted()) {
			this.pools.remove(original.dataSource());
			this.view.remove(original);
		}
		return meet(name, copy, original.driver());
	}

	private @Nullable GuardedPool meet(String name, HikariDataSource pool, DriverSource driver) {
		if (pool.getHikariPoolMXBean() != null) {
			addStarted(name, pool, driver);
			return null;
		}
		return add(name, pool, driver);
	}

	private synchronized void addStarted(String name, HikariDataSource pool, DriverSource driver) {
		this.started.put(pool, new StartedPool(unused(name), pool, driver, this.settings));
	}

	private synchronized GuardedPool add(String name, HikariDataSource pool, DriverSource driver) {
		GuardedPool guarded = new GuardedPool(unused(name), pool, driver, this.settings, this.internals, this.events,
				new UnitCounts(this.units::ended), this.fleet);
		this.pools.put(pool, guarded);
		return guarded;
	}

	private void show(GuardedPool guarded) {
		this.view.add(guarded);
		Function<GuardedPool, String> decided = this.sessions;
		if (decided != null) {
			guarded.start().sessions(decided.apply(guarded));
		}
	}

	/**
	 * Beans of a scope may be there several times under one name. Pools that are about to
	 * start have theirs already.
	 */
	private String unused(String name) {
		forgetClosed();
		Set<String> used = Stream
			.concat(this.pools.values().stream().map(GuardedPool::beanName),
					this.started.values().stream().map(StartedPool::beanName))
			.collect(Collectors.toSet());
		return Stream.iterate(1, (number) -> number + 1)
			.map((number) -> (number > 1) ? name + "-" + number : name)
			.filter((candidate) -> !used.contains(candidate))
			.findFirst()
			.orElseThrow();
	}

}
