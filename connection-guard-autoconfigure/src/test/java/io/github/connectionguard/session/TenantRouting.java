package io.github.connectionguard.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Ways to have the database depend on the tenant that a thread works for.
 */
enum TenantRouting {

	/**
	 * A pool for each tenant.
	 */
	ROUTER {

		@Override
		DataSource over(HikariDataSource a, HikariDataSource b) {
			return router(a, b);
		}

	},

	LAZY_PROXY_OVER_A_ROUTER {

		@Override
		DataSource over(HikariDataSource a, HikariDataSource b) {
			return new LazyConnectionDataSourceProxy(router(a, b));
		}

	},

	DELEGATE_OVER_A_ROUTER {

		@Override
		DataSource over(HikariDataSource a, HikariDataSource b) {
			return new DelegatingDataSource(router(a, b));
		}

	},

	/**
	 * One pool, whose connections are set to the tenant's database when they are
	 * borrowed.
	 */
	CATALOG {

		@Override
		DataSource over(HikariDataSource a, HikariDataSource b) {
			Map<String, @Nullable String> catalogs = Map.of("a", catalog(a), "b", catalog(b));
			return new DelegatingDataSource(a) {

				@Override
				public Connection getConnection() throws SQLException {
					Connection connection = super.getConnection();
					connection.setCatalog(catalogs.get(current()));
					return connection;
				}

			};
		}

	},

	/**
	 * As {@link #CATALOG}, by a pool of the application's own making.
	 */
	CATALOG_OF_A_POOL {

		@Override
		DataSource over(HikariDataSource a, HikariDataSource b) {
			Map<String, @Nullable String> catalogs = Map.of("a", catalog(a), "b", catalog(b));
			HikariDataSource pool = new HikariDataSource() {

				@Override
				public Connection getConnection() throws SQLException {
					Connection connection = super.getConnection();
					connection.setCatalog(catalogs.get(current()));
					return connection;
				}

			};
			pool.setJdbcUrl(a.getJdbcUrl());
			pool.setUsername(a.getUsername());
			pool.setPassword(a.getPassword());
			return pool;
		}

	},

	/**
	 * No tenants, but a reader and a writer.
	 */
	LAZY_PROXY_WITH_A_READER {

		@Override
		DataSource over(HikariDataSource a, HikariDataSource b) {
			LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(b);
			lazy.setReadOnlyDataSource(a);
			return lazy;
		}

	},

	ROUTER_TO_A_READER {

		@Override
		DataSource over(HikariDataSource a, HikariDataSource b) {
			return new LazyConnectionDataSourceProxy(
					router(a, b, () -> TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? "a" : "b"));
		}

	};

	private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> "a");

	abstract DataSource over(HikariDataSource a, HikariDataSource b);

	static String current() {
		return CURRENT.get();
	}

	/**
	 * Do something for a tenant, {@code a} or {@code b}.
	 */
	static <T> T in(String tenant, Supplier<T> work) {
		CURRENT.set(tenant);
		try {
			return work.get();
		}
		finally {
			CURRENT.remove();
		}
	}

	static Router router(DataSource a, DataSource b) {
		return router(a, b, TenantRouting::current);
	}

	static Router router(DataSource a, DataSource b, Supplier<String> key) {
		Router router = new Router(key);
		router.setTargetDataSources(Map.of("a", a, "b", b));
		router.afterPropertiesSet();
		return router;
	}

	private static @Nullable String catalog(HikariDataSource pool) {
		String url = pool.getJdbcUrl();
		return url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
	}

	/**
	 * Chooses by a key.
	 */
	static final class Router extends AbstractRoutingDataSource {

		private final Supplier<String> key;

		Router(Supplier<String> key) {
			this.key = key;
		}

		@Override
		protected Object determineCurrentLookupKey() {
			return this.key.get();
		}

	}

}
