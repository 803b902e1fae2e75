package io.github.connectionguard.sidebyside;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * What the data source of an application is, over two databases.
 */
enum SetUp {

	/**
	 * A pool to the first database, as Spring Boot makes it.
	 */
	POOL,

	/**
	 * The same with MariaDB's driver.
	 */
	MARIADB_DRIVER {

		@Override
		String url(TestServer server, String database) {
			return super.url(server, database).replace("jdbc:mysql:", "jdbc:mariadb:");
		}

	},

	LAZY_PROXY {

		@Override
		List<String> properties(TestServer server, String a, String b) {
			return List.of(WITHOUT_DYNAMIC, "spring.datasource.connection-fetch=lazy");
		}

	},

	ROUTER {

		@Override
		void register(GenericApplicationContext context, HikariDataSource a, HikariDataSource b) {
			registerOver(context, a, b, CurrentTenant.router(Map.of("a", a, "b", b)));
		}

	},

	/**
	 * The same where each request is to be one transaction.
	 */
	ROUTER_IN_TRANSACTION_MODE {

		@Override
		List<String> properties(TestServer server, String a, String b) {
			return List.of(WITHOUT_DYNAMIC, "connection-guard.session.mode=transaction");
		}

		@Override
		void register(GenericApplicationContext context, HikariDataSource a, HikariDataSource b) {
			ROUTER.register(context, a, b);
		}

	},

	LAZY_PROXY_OVER_A_ROUTER {

		@Override
		void register(GenericApplicationContext context, HikariDataSource a, HikariDataSource b) {
			registerOver(context, a, b,
					new LazyConnectionDataSourceProxy(CurrentTenant.router(Map.of("a", a, "b", b))));
		}

	},

	CATALOG {

		@Override
		void register(GenericApplicationContext context, HikariDataSource a, HikariDataSource b) {
			registerOver(context, a, b, CurrentTenant.catalogs(a, b));
		}

	},

	READER {

		@Override
		void register(GenericApplicationContext context, HikariDataSource a, HikariDataSource b) {
			LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(a);
			lazy.setReadOnlyDataSource(b);
			registerOver(context, a, b, lazy);
		}

	},

	/**
	 * A routing data source that reads elsewhere.
	 */
	ROUTED_READER {

		@Override
		void register(GenericApplicationContext context, HikariDataSource a, HikariDataSource b) {
			registerOver(context, a, b,
					new LazyConnectionDataSourceProxy(CurrentTenant.readers(Map.of(false, a, true, b))));
		}

	},

	/**
	 * That of dynamic-datasource, whose pools are no beans.
	 */
	DYNAMIC {

		@Override
		List<String> properties(TestServer server, String a, String b) {
			String prefix = "spring.datasource.dynamic.";
			String of = prefix + "datasource.";
			return List.of(prefix + "primary=a", prefix + "lazy=true", of + "a.url=" + url(server, a),
					of + "b.url=" + url(server, b), of + "a.username=" + server.username(),
					of + "b.username=" + server.username(), of + "a.password=" + server.password(),
					of + "b.password=" + server.password(), of + "a.hikari.max-pool-size=" + Side.POOL_SIZE,
					of + "b.hikari.max-pool-size=" + Side.POOL_SIZE);
		}

	};

	private static final String WITHOUT_DYNAMIC = "spring.datasource.dynamic.enabled=false";

	/**
	 * Return the URL of a database, where nobody waits for a lock for long.
	 */
	String url(TestServer server, String database) {
		return server.jdbcUrl(database) + "&sessionVariables=innodb_lock_wait_timeout=2";
	}

	List<String> properties(TestServer server, String a, String b) {
		return List.of(WITHOUT_DYNAMIC);
	}

	void register(GenericApplicationContext context, HikariDataSource a, HikariDataSource b) {
	}

	private static void registerOver(GenericApplicationContext context, HikariDataSource a, HikariDataSource b,
			DataSource primary) {
		context.registerBean("a", HikariDataSource.class, () -> a, (bean) -> bean.setAutowireCandidate(false));
		context.registerBean("b", HikariDataSource.class, () -> b, (bean) -> bean.setAutowireCandidate(false));
		context.registerBean("dataSource", DataSource.class, () -> primary, (bean) -> bean.setPrimary(true));
	}

}
