package io.github.connectionguard.datasource;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import org.jspecify.annotations.Nullable;

/**
 * Where a data source has its connections from, as far as that can be proved.
 *
 * @param pool the guarded pool that all of them come from as they are, or {@code null}
 * @param doubt what may have them from elsewhere or change them, or {@code null} if all
 * come from one HikariCP pool
 */
public record ConnectionOrigin(@Nullable GuardedPool pool, @Nullable String doubt) {

	/**
	 * Return where a data source has its connections from.
	 * @param dataSource a data source, or a wrapper of it
	 * @param pools the pools under guard
	 * @return the origin of its connections
	 */
	public static ConnectionOrigin of(DataSource dataSource, GuardedPools pools) {
		DataSource source = DataSourceWrappers.source(dataSource);
		return (source instanceof HikariDataSource pool && DataSourceWrappers.isPool(pool))
				? new ConnectionOrigin(pools.find(pool), null)
				: new ConnectionOrigin(null, DataSourceWrappers.describe(source));
	}

	/**
	 * Find the guarded pool behind a data source, which it may not be for long.
	 * @param dataSource a data source, or a wrapper of it
	 * @param pools the pools under guard
	 * @return the pool, of several the one that is current, or {@code null} if there is
	 * none or it is not guarded
	 */
	public static @Nullable GuardedPool current(DataSource dataSource, GuardedPools pools) {
		HikariDataSource pool = DataSourceWrappers.unwrap(dataSource);
		return (pool != null) ? pools.find(pool) : null;
	}

}
