package io.github.connectionguard.hikari;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * The pools of one application that are under guard. Thread-safe.
 */
public final class GuardedPools {

	private final Map<HikariDataSource, GuardedPool> pools = new ConcurrentHashMap<>();

	/**
	 * Looked through by requests, changed at the start and the end.
	 */
	private final List<GuardedPool> view = new CopyOnWriteArrayList<>();

	private final Map<HikariDataSource, StartedPool> started = new ConcurrentHashMap<>();

	private final PoolSettings settings;

	private final Optional<PoolInternals> internals = PoolInternals.probe();

	/**
	 * Create a registry without pools.
	 * @param settings what the user may set about the pools
	 */
	public GuardedPools(PoolSettings settings) {
		this.settings = settings;
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
	 * Find the guarded pool behind a data source.
	 * @param dataSource a data source, or a wrapper of it
	 * @return the pool, or {@code null} if there is none or it is not guarded
	 */
	public @Nullable GuardedPool find(DataSource dataSource) {
		HikariDataSource pool = DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class,
				HikariDataSource.class);
		return (pool != null) ? this.pools.get(pool) : null;
	}

	/**
	 * Guard every pool behind a data source that leads to MySQL or MariaDB. Does nothing
	 * for one that is guarded already.
	 */
	void guard(String beanName, DataSource dataSource) {
		behind(dataSource).forEach((pool) -> guardPool(beanName, pool));
	}

	private void guardPool(String beanName, HikariDataSource pool) {
		DriverSource driver = DriverSource.of(pool);
		if (this.pools.containsKey(pool) || this.started.containsKey(pool) || !driver.isMySql(pool)) {
			return;
		}
		if (pool.getHikariPoolMXBean() != null) {
			this.started.put(pool, new StartedPool(beanName, pool, this.settings));
		}
		else {
			GuardedPool guarded = new GuardedPool(beanName, pool, driver, this.settings, this.internals);
			this.pools.put(pool, guarded);
			this.view.add(guarded);
		}
	}

	private static Stream<HikariDataSource> behind(DataSource dataSource) {
		if (dataSource instanceof AbstractRoutingDataSource routing) {
			return routing.getResolvedDataSources().values().stream().flatMap(GuardedPools::behind);
		}
		return Stream
			.ofNullable(DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class));
	}

}
