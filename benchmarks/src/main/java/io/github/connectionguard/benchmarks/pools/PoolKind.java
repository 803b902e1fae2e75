package io.github.connectionguard.benchmarks.pools;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

import javax.sql.DataSource;

import com.alibaba.druid.pool.DruidDataSource;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.github.connectionguard.ConnectionGuard;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.mariadb.jdbc.MariaDbPoolDataSource;
import org.vibur.dbcp.ViburDBCPDataSource;

/**
 * The pools, each as it comes but for its size, or looking at every borrow in the best
 * way it has.
 */
enum PoolKind {

	GUARDED("guarded HikariCP") {

		@Override
		DataSource open(Server server, boolean looking) {
			return ConnectionGuard.builder().build().guard(hikari(server));
		}

	},

	HIKARI("HikariCP") {

		/**
		 * The window of 0 that is often advised still lends unseen what was used in the
		 * same millisecond.
		 */
		@Override
		DataSource open(Server server, boolean looking) {
			if (looking) {
				System.setProperty(WINDOW, "-1");
			}
			return new HikariDataSource(hikari(server));
		}

	},

	HIKARI_WINDOW_0("HikariCP, `aliveBypassWindowMs=0`") {

		@Override
		DataSource open(Server server, boolean looking) {
			System.setProperty(WINDOW, "0");
			return new HikariDataSource(hikari(server));
		}

	},

	TOMCAT("Tomcat JDBC") {

		@Override
		DataSource open(Server server, boolean looking) {
			PoolProperties properties = new PoolProperties();
			properties.setDriverClassName(server.driver().getName());
			properties.setUrl(server.url());
			properties.setUsername(server.username());
			properties.setPassword(server.password());
			properties.setInitialSize(SIZE);
			properties.setMinIdle(SIZE);
			properties.setMaxIdle(SIZE);
			properties.setMaxActive(SIZE);
			if (looking) {
				properties.setTestOnBorrow(true);
				properties.setValidationInterval(0);
			}
			return new org.apache.tomcat.jdbc.pool.DataSource(properties);
		}

	},

	DBCP2("DBCP2") {

		@Override
		DataSource open(Server server, boolean looking) {
			BasicDataSource pool = new BasicDataSource();
			pool.setDriverClassName(server.driver().getName());
			pool.setUrl(server.url());
			pool.setUsername(server.username());
			pool.setPassword(server.password());
			pool.setInitialSize(SIZE);
			pool.setMaxTotal(SIZE);
			return pool; // tests each borrow as it comes
		}

	},

	DRUID("Druid") {

		/**
		 * It only knows how to test where it knows the driver by name.
		 */
		@Override
		DataSource open(Server server, boolean looking) {
			DruidDataSource pool = new DruidDataSource();
			pool.setDriverClassName(server.driver().getName());
			pool.setUrl(server.url());
			pool.setUsername(server.username());
			pool.setPassword(server.password());
			pool.setInitialSize(SIZE);
			pool.setMinIdle(SIZE);
			pool.setMaxActive(SIZE);
			pool.setTestOnBorrow(looking);
			if (server.driver() == StubDriver.class) {
				pool.setValidConnectionChecker(new DruidCheck());
			}
			return pool;
		}

	},

	AGROAL("Agroal") {

		@Override
		DataSource open(Server server, boolean looking) throws SQLException {
			return AgroalDataSource
				.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration((pool) -> {
					pool.initialSize(SIZE).minSize(SIZE).maxSize(SIZE).acquisitionTimeout(Duration.ofSeconds(30));
					if (looking) {
						pool.validateOnBorrow(true).connectionValidator(ConnectionValidator.defaultValidator());
					}
					return pool.connectionFactoryConfiguration((factory) -> factory.jdbcUrl(server.url())
						.connectionProviderClass(server.driver())
						.principal(new NamePrincipal(server.username()))
						.credential(new SimplePassword(server.password())));
				}));
		}

	},

	C3P0("c3p0") {

		@Override
		DataSource open(Server server, boolean looking) throws Exception {
			ComboPooledDataSource pool = new ComboPooledDataSource();
			pool.setDriverClass(server.driver().getName());
			pool.setForceUseNamedDriverClass(true);
			pool.setJdbcUrl(server.url());
			pool.setUser(server.username());
			pool.setPassword(server.password());
			pool.setInitialPoolSize(SIZE);
			pool.setMinPoolSize(SIZE);
			pool.setMaxPoolSize(SIZE);
			pool.setTestConnectionOnCheckout(looking);
			return pool;
		}

	},

	VIBUR("Vibur") {

		@Override
		DataSource open(Server server, boolean looking) throws Exception {
			ViburDBCPDataSource pool = new ViburDBCPDataSource();
			pool.setDriver(server.driver().getDeclaredConstructor().newInstance());
			pool.setJdbcUrl(server.url());
			pool.setUsername(server.username());
			pool.setPassword(server.password());
			pool.setPoolInitialSize(SIZE);
			pool.setPoolMaxSize(SIZE);
			if (looking) {
				pool.setConnectionIdleLimitInSeconds(0);
			}
			pool.start();
			return pool;
		}

	},

	/**
	 * Knows no driver but its own, so none of them is a stub. Its least delay of 0 still
	 * lends unseen what was used in the same millisecond, and it takes no less. For more
	 * than one thread it has soon no connection left on MySQL, and makes none.
	 */
	MARIADB("MariaDB Connector/J's") {

		@Override
		DataSource open(Server server, boolean looking) throws SQLException {
			MariaDbPoolDataSource pool = new MariaDbPoolDataSource();
			pool.setUser(server.username());
			pool.setPassword(server.password());
			pool.setUrl("%s&minPoolSize=%d&maxPoolSize=%d%s".formatted(
					server.url().replace("jdbc:mysql:", "jdbc:mariadb:").replace("sslMode=DISABLED", "sslMode=disable"),
					SIZE, SIZE, looking ? "&poolValidMinDelay=0" : ""));
			return pool;
		}

	};

	/**
	 * The number of connections of each pool.
	 */
	static final int SIZE = 4;

	private static final String WINDOW = "com.zaxxer.hikari.aliveBypassWindowMs";

	private final String label;

	PoolKind(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

	static PoolKind of(String label) {
		return Arrays.stream(values()).filter((kind) -> kind.label.equals(label)).findFirst().orElseThrow();
	}

	/**
	 * Open a pool.
	 * @param looking whether it is to look at every borrow, rather than do what it does
	 * as it comes
	 */
	abstract DataSource open(Server server, boolean looking) throws Exception;

	/**
	 * Tell whether the pool asks the driver at each borrow if it is to look at it.
	 */
	boolean isAsking() {
		return this != GUARDED && this != HIKARI_WINDOW_0 && this != MARIADB;
	}

	private static HikariConfig hikari(Server server) {
		HikariConfig config = new HikariConfig();
		config.setDriverClassName(server.driver().getName());
		config.setJdbcUrl(server.url());
		config.setUsername(server.username());
		config.setPassword(server.password());
		config.setMaximumPoolSize(SIZE);
		return config;
	}

}
