package io.github.connectionguard.benchmarks.faults.application;

import java.time.Duration;

import javax.sql.DataSource;

import com.alibaba.druid.pool.DruidDataSource;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.MySQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.mariadb.jdbc.MariaDbPoolDataSource;
import org.vibur.dbcp.ViburDBCPDataSource;

/**
 * The pools that are not HikariCP, each set as its documentation tells whoever wants
 * never to be lent a dead connection: asked at every borrow, and while it is idle where
 * the pool can do that, each time for no longer than {@value #VALIDATION_SECONDS} s.
 * <p>
 * All have {@value #SIZE} connections from the beginning, and let a request wait for one
 * for {@value #PATIENCE_SECONDS} s, as HikariCP does.
 */
enum OtherPool {

	/** Tomcat JDBC. */
	TOMCAT {

		@Override
		DataSource open(String url, String username, String password, int lifetime) {
			PoolProperties properties = new PoolProperties();
			properties.setDriverClassName(MYSQL_DRIVER);
			properties.setUrl(url);
			properties.setUsername(username);
			properties.setPassword(password);
			properties.setInitialSize(SIZE);
			properties.setMinIdle(SIZE);
			properties.setMaxIdle(SIZE);
			properties.setMaxActive(SIZE);
			properties.setMaxWait(PATIENCE_SECONDS * 1000);
			properties.setMaxAge(lifetime * 1000L);
			properties.setTestOnBorrow(true);
			properties.setValidationInterval(0);
			properties.setTestWhileIdle(true);
			properties.setTimeBetweenEvictionRunsMillis(IDLE_SECONDS * 1000);
			properties.setValidationQueryTimeout(VALIDATION_SECONDS);
			return new org.apache.tomcat.jdbc.pool.DataSource(properties);
		}

	},

	/** Apache Commons DBCP 2. */
	DBCP2 {

		@Override
		DataSource open(String url, String username, String password, int lifetime) throws Exception {
			BasicDataSource pool = new BasicDataSource();
			pool.setUrl(url);
			pool.setUsername(username);
			pool.setPassword(password);
			pool.setInitialSize(SIZE);
			pool.setMinIdle(SIZE);
			pool.setMaxIdle(SIZE);
			pool.setMaxTotal(SIZE);
			pool.setMaxWait(Duration.ofSeconds(PATIENCE_SECONDS));
			pool.setMaxConn(Duration.ofSeconds(lifetime));
			pool.setTestOnBorrow(true);
			pool.setTestWhileIdle(true);
			pool.setNumTestsPerEvictionRun(SIZE);
			pool.setDurationBetweenEvictionRuns(Duration.ofSeconds(IDLE_SECONDS));
			pool.setValidationQueryTimeout(Duration.ofSeconds(VALIDATION_SECONDS));
			pool.setFastFailValidation(true);
			pool.start();
			return pool;
		}

	},

	/** Druid. */
	DRUID {

		@Override
		DataSource open(String url, String username, String password, int lifetime) throws Exception {
			DruidDataSource pool = new DruidDataSource();
			pool.setUrl(url);
			pool.setUsername(username);
			pool.setPassword(password);
			pool.setInitialSize(SIZE);
			pool.setMinIdle(SIZE);
			pool.setMaxActive(SIZE);
			pool.setMaxWait(PATIENCE_SECONDS * 1000L);
			pool.setPhyTimeoutMillis(lifetime * 1000L);
			pool.setTestOnBorrow(true);
			pool.setTestWhileIdle(true);
			pool.setKeepAlive(true);
			pool.setTimeBetweenEvictionRunsMillis(IDLE_SECONDS * 1000L);
			pool.setKeepAliveBetweenTimeMillis(IDLE_SECONDS * 1000L + 1);
			pool.setValidationQueryTimeout(VALIDATION_SECONDS);
			pool.setConnectTimeout(CONNECT_SECONDS * 1000);
			pool.setSocketTimeout(ANSWER_SECONDS * 1000);
			pool.init();
			return pool;
		}

	},

	/** Agroal. */
	AGROAL {

		@Override
		DataSource open(String url, String username, String password, int lifetime) throws Exception {
			return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
				.connectionPoolConfiguration((pool) -> pool.initialSize(SIZE)
					.minSize(SIZE)
					.maxSize(SIZE)
					.acquisitionTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
					.maxLifetime(Duration.ofSeconds(lifetime))
					.validateOnBorrow(true)
					.validationTimeout(Duration.ofSeconds(IDLE_SECONDS))
					.connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATION_SECONDS))
					.exceptionSorter(new MySQLExceptionSorter())
					.connectionFactoryConfiguration((factory) -> factory.jdbcUrl(url)
						.principal(new NamePrincipal(username))
						.credential(new SimplePassword(password)))));
		}

	},

	/** c3p0. */
	C3P0 {

		@Override
		DataSource open(String url, String username, String password, int lifetime) {
			ComboPooledDataSource pool = new ComboPooledDataSource();
			pool.setJdbcUrl(url);
			pool.setUser(username);
			pool.setPassword(password);
			pool.setInitialPoolSize(SIZE);
			pool.setMinPoolSize(SIZE);
			pool.setMaxPoolSize(SIZE);
			pool.setCheckoutTimeout(PATIENCE_SECONDS * 1000);
			pool.setMaxConnectionAge(lifetime);
			pool.setTestConnectionOnCheckout(true);
			pool.setIdleConnectionTestPeriod(IDLE_SECONDS);
			pool.setConnectionIsValidTimeout(VALIDATION_SECONDS);
			// one for each connection, as a dead path holds one up
			pool.setNumHelperThreads(SIZE);
			pool.setAcquireRetryAttempts(0);
			return pool;
		}

	},

	/** Vibur. */
	VIBUR {

		@Override
		DataSource open(String url, String username, String password, int lifetime) {
			ViburDBCPDataSource pool = new ViburDBCPDataSource();
			pool.setJdbcUrl(url);
			pool.setUsername(username);
			pool.setPassword(password);
			pool.setPoolInitialSize(SIZE);
			pool.setPoolMaxSize(SIZE);
			pool.setConnectionTimeoutInMs(PATIENCE_SECONDS * 1000L);
			pool.setConnectionIdleLimitInSeconds(0);
			pool.setValidateTimeoutInSeconds(VALIDATION_SECONDS);
			pool.start();
			return pool;
		}

	},

	/** The pool of MariaDB Connector/J. */
	MARIADB {

		@Override
		DataSource open(String url, String username, String password, int lifetime) throws Exception {
			MariaDbPoolDataSource pool = new MariaDbPoolDataSource();
			pool.setUser(username);
			pool.setPassword(password);
			// its connectTimeout is also how long a request may wait
			pool.setUrl(url.replace("jdbc:mysql:", "jdbc:mariadb:")
				.replace("connectTimeout=" + CONNECT_SECONDS * 1000, "connectTimeout=" + PATIENCE_SECONDS * 1000)
				.replace("sslMode=DISABLED", "sslMode=disable") + "&minPoolSize=" + SIZE + "&maxPoolSize=" + SIZE
					+ "&poolValidMinDelay=0");
			return pool;
		}

	};

	private static final String MYSQL_DRIVER = "com.mysql.cj.jdbc.Driver";

	private static final int SIZE = 8;

	private static final int PATIENCE_SECONDS = 30;

	private static final int VALIDATION_SECONDS = 2;

	private static final int IDLE_SECONDS = 5;

	private static final int CONNECT_SECONDS = 5;

	private static final int ANSWER_SECONDS = 30;

	/**
	 * Open the pool.
	 * @param url the database, with the limits of connecting and answering
	 * @param username an account
	 * @param password its password
	 * @param lifetime how many seconds a connection may live
	 * @return the pool
	 * @throws Exception if it cannot be opened
	 */
	abstract DataSource open(String url, String username, String password, int lifetime) throws Exception;

}
