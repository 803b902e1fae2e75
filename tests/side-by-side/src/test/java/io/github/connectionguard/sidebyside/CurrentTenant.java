package io.github.connectionguard.sidebyside;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import com.baomidou.dynamic.datasource.toolkit.DynamicDataSourceContextHolder;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The tenant whose database a thread works on.
 */
final class CurrentTenant {

	private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> "a");

	private CurrentTenant() {
	}

	/**
	 * Run something for a tenant.
	 */
	static void in(String tenant, RequestStep step) throws Exception {
		String before = CURRENT.get();
		CURRENT.set(tenant);
		DynamicDataSourceContextHolder.push(tenant);
		try {
			step.run();
		}
		finally {
			DynamicDataSourceContextHolder.poll();
			CURRENT.set(before);
		}
	}

	static Router router(Map<Object, Object> targets) {
		Router router = new Router();
		router.setTargetDataSources(targets);
		router.afterPropertiesSet();
		return router;
	}

	/**
	 * Return what leads to one pool or the other as a transaction only reads or not.
	 */
	static DataSource readers(Map<Object, Object> targets) {
		AbstractRoutingDataSource router = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return TransactionSynchronizationManager.isCurrentTransactionReadOnly();
			}

		};
		router.setTargetDataSources(targets);
		router.afterPropertiesSet();
		return router;
	}

	/**
	 * Return one pool whose connections are set to the tenant's database.
	 */
	static DataSource catalogs(HikariDataSource a, HikariDataSource b) {
		Map<String, String> catalogs = Map.of("a", catalog(a), "b", catalog(b));
		return new DelegatingDataSource(a) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				connection.setCatalog(catalogs.getOrDefault(CURRENT.get(), ""));
				return connection;
			}

		};
	}

	private static String catalog(HikariDataSource pool) {
		return pool.getJdbcUrl().replaceFirst(".*/", "").replaceFirst("\\?.*", "");
	}

	/**
	 * Leads to the pool of the current tenant.
	 */
	static final class Router extends AbstractRoutingDataSource {

		@Override
		protected Object determineCurrentLookupKey() {
			return CURRENT.get();
		}

		/**
		 * Lead to one more pool.
		 */
		void add(String tenant, DataSource pool) {
			Map<Object, Object> targets = new HashMap<>(getResolvedDataSources());
			targets.put(tenant, pool);
			setTargetDataSources(targets);
			afterPropertiesSet();
		}

	}

}
