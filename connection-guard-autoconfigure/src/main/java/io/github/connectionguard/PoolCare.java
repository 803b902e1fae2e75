package io.github.connectionguard;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.connectionguard.event.EventStream;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.hikari.PoolOpening;
import io.github.connectionguard.hikari.PoolWatch;
import io.github.connectionguard.hikari.StartedPool;
import io.github.connectionguard.keepalive.KeepaliveSettings;
import io.github.connectionguard.keepalive.KeepaliveWalk;
import io.github.connectionguard.watch.SameServer;
import io.github.connectionguard.watch.ServerWatch;
import io.github.connectionguard.watch.SlowRequests;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The care for an application's pools. While it runs, it opens pools, looks after their
 * servers and keeps connections alive. One thread keeps the time; what may wait for a
 * server runs on threads that delay nobody. Thread-safe, but for being started and
 * stopped.
 */
public final class PoolCare {

	private static final Logger logger = LoggerFactory.getLogger(PoolCare.class);

	private static final long ROUND_MILLIS = 250;

	private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

	private final GuardedPools pools;

	private final KeepaliveSettings keepalive;

	private final Map<GuardedPool, PoolOpening> openings = new ConcurrentHashMap<>();

	private final Map<GuardedPool, KeepaliveWalk> walks = new ConcurrentHashMap<>();

	private final Map<GuardedPool, ServerWatch> watches = new ConcurrentHashMap<>();

	private final Map<String, SameServer> servers = new ConcurrentHashMap<>();

	private final Set<StartedPool> tuned = ConcurrentHashMap.newKeySet();

	private final SlowRequests slowRequests = new SlowRequests();

	private final List<Runnable> poolListeners = new CopyOnWriteArrayList<>();

	private final List<Supplier<List<Runnable>>> searches = new CopyOnWriteArrayList<>();

	private volatile Map<GuardedPool, String> toldNames = Map.of();

	private final AtomicBoolean toldFailure = new AtomicBoolean();

	private volatile @Nullable GuardThreads threads;

	/**
	 * Create the care for no pools, which has not started.
	 * @param settings what the user may set
	 */
	public PoolCare(GuardSettings settings) {
		this.pools = new GuardedPools(settings.pools());
		this.keepalive = settings.keepalive();
	}

	/**
	 * Return the pools under guard, to which others may be added at any time.
	 * @return the pools
	 */
	public GuardedPools pools() {
		return this.pools;
	}

	/**
	 * Return what happens to the pools.
	 * @return the events
	 */
	public EventStream events() {
		return this.pools.events();
	}

	/**
	 * Have somebody told, a moment later, when pools were added, named or closed while
	 * the care runs.
	 * @param listener is told on a thread that may wait
	 */
	public void whenPoolsChange(Runnable listener) {
		this.poolListeners.add(listener);
	}

	/**
	 * Have somebody look for pools that are added while the care runs.
	 * @param search is asked four times a second, must not wait, and returns what puts
	 * under guard what was found, each of which may wait
	 * @return has nobody look any more
	 */
	public Runnable lookForPools(Supplier<List<Runnable>> search) {
		this.searches.add(search);
		return () -> this.searches.remove(search);
	}

	/**
	 * Look after the pools from now on. Returns at once.
	 */
	public void start() {
		GuardThreads started = new GuardThreads();
		this.threads = started;
		this.pools.sessionsDecided();
		// Not at once: the application is about to be ready, and needs its processors for
		// that
		started.timer()
			.scheduleWithFixedDelay(() -> safely(() -> round(started)), ROUND_MILLIS, ROUND_MILLIS,
					TimeUnit.MILLISECONDS);
	}

	/**
	 * Meet the pools there are, which may be more than at the last round.
	 */
	private void round(GuardThreads running) {
		this.pools.forgetClosed();
		this.searches.forEach((search) -> safely(() -> search.get().forEach(running.workers()::execute)));
		tellChange(running);
		for (GuardedPool pool : this.pools.pools()) {
			PoolOpening opening = this.openings.computeIfAbsent(pool, this.pools::opening);
			if (opening.isDue()) {
				running.workers().execute(opening::run);
			}
			this.watches.computeIfAbsent(pool, (added) -> watch(running, added));
			safely(pool::sample);
			if (this.keepalive.enabled()) {
				this.walks.computeIfAbsent(pool, (added) -> {
					KeepaliveWalk walk = new KeepaliveWalk(added, this.keepalive, running.workers());
					repeat(running, added, walk::walk);
					return walk;
				});
			}
			this.slowRequests.look(pool);
		}
		for (StartedPool pool : this.pools.startedPools()) {
			if (this.tuned.add(pool)) {
				running.workers().execute(() -> tune(pool));
			}
		}
		this.tuned.retainAll(this.pools.startedPools());
		this.openings.keySet().removeIf(GuardedPool::isClosed);
		this.walks.keySet().removeIf(GuardedPool::isClosed);
		this.watches.keySet().stream().filter(GuardedPool::isClosed).toList().forEach(this::endWatch);
		this.servers.values().removeIf(SameServer::isEmpty);
	}

	private void tellChange(GuardThreads running) {
		Map<GuardedPool, String> names = this.pools.pools()
			.stream()
			.collect(Collectors.toMap(Function.identity(), GuardedPool::name));
		if (!names.equals(this.toldNames)) {
			this.toldNames = names;
			this.poolListeners.forEach(running.workers()::execute);
		}
	}

	private void endWatch(GuardedPool closed) {
		ServerWatch watch = this.watches.remove(closed);
		if (watch != null) {
			watch.stop();
		}
	}

	private ServerWatch watch(GuardThreads running, GuardedPool pool) {
		SameServer server = this.servers.computeIfAbsent(pool.server().address(), (added) -> new SameServer());
		ServerWatch watch = new ServerWatch(pool, server, this.keepalive.enabled(), running.timer(), running.workers());
		pool.server().watchedBy(watch);
		repeat(running, pool, watch::look);
		return watch;
	}

	private void repeat(GuardThreads running, GuardedPool pool, Supplier<Duration> walk) {
		if (pool.isClosed()) {
			return;
		}
		Duration pause = Duration.ofMillis(ROUND_MILLIS);
		try {
			pause = walk.get();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
		running.timer().schedule(() -> repeat(running, pool, walk), pause.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void tune(StartedPool pool) {
		try {
			pool.tune();
		}
		catch (SQLException | RuntimeException ex) {
			logger.warn("{} - This pool was running before it could be put under guard, and its wait_timeout could not "
					+ "be read: nothing was changed ({})", pool.beanName(), ex.getMessage());
		}
	}

	/**
	 * Ping the connections that lie in a pool now, on the guard's own threads. Waits for
	 * nothing.
	 * @param pool the pool
	 * @return how many are pinged, zero if the care does not run
	 */
	public int pingIdle(GuardedPool pool) {
		GuardThreads running = this.threads;
		return (running != null) ? pool.pingIdle(running.workers()) : 0;
	}

	private void safely(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
	}

	private void failed(Throwable failure) {
		if (this.toldFailure.compareAndSet(false, true)) {
			logger.warn("The guard's care for its pools has failed and goes on (further failures at DEBUG)", failure);
		}
		else {
			logger.debug("The guard's care for its pools has failed and goes on", failure);
		}
	}

	/**
	 * Look after the pools no more, which has to be before they are closed. Waits for no
	 * longer than two seconds.
	 */
	public void stop() {
		GuardThreads running = this.threads;
		this.threads = null;
		if (running != null) {
			this.watches.keySet().forEach((pool) -> pool.server().watchedBy(PoolWatch.NONE));
			this.watches.values().forEach(ServerWatch::stop);
			running.timer().shutdownNow();
			this.openings.values().forEach(PoolOpening::stop);
			long last = System.nanoTime() + STOP_LIMIT.toNanos();
			this.openings.values().forEach((opening) -> opening.await(Duration.ofNanos(last - System.nanoTime())));
			running.workers().shutdownNow();
		}
		this.openings.clear();
		this.walks.clear();
		this.watches.clear();
		this.servers.clear();
		this.tuned.clear();
	}

	/**
	 * Tell whether the pools are looked after.
	 * @return whether it was started, and not stopped since
	 */
	public boolean isRunning() {
		return this.threads != null;
	}

}
