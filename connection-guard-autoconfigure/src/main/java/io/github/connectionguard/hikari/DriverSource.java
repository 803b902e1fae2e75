package io.github.connectionguard.hikari;

import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import io.github.connectionguard.mysql.DriverSockets;
import io.github.connectionguard.mysql.MySqlUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;

/**
 * What a pool would connect through without the guard: a data source object, a data
 * source class or a URL.
 *
 * @param dataSource the object, or {@code null}
 * @param className the name of the class, or {@code null}
 */
record DriverSource(@Nullable DataSource dataSource, @Nullable String className) {

	private static final Logger logger = LoggerFactory.getLogger(DriverSource.class);

	static DriverSource of(HikariConfig config) {
		return new DriverSource(config.getDataSource(), config.getDataSourceClassName());
	}

	/**
	 * Tell whether this leads to MySQL or MariaDB.
	 */
	boolean isMySql(HikariConfig config) {
		if (this.dataSource != null) {
			return isMySqlClass(this.dataSource.getClass().getName())
					|| (this.dataSource instanceof AbstractDriverBasedDataSource driverBased
							&& MySqlUrl.matches(driverBased.getUrl()));
		}
		return (this.className != null) ? isMySqlClass(this.className) : MySqlUrl.matches(config.getJdbcUrl());
	}

	/**
	 * Build the data source, as HikariCP would ({@code PoolBase.initializeDataSource}).
	 */
	DataSource build(HikariConfig config) {
		if (this.dataSource != null) {
			return this.dataSource;
		}
		Properties properties = config.getDataSourceProperties();
		if (this.className != null) {
			DataSource built = UtilityElf.createInstance(this.className, DataSource.class);
			PropertyElf.setTargetFromProperties(built, properties);
			return built;
		}
		Properties withSockets = new Properties();
		withSockets.putAll(properties);
		String reason = DriverSockets.use(config.getJdbcUrl(), withSockets);
		if (reason != null) {
			logger.debug("{} - Connections are pinged rather than looked at, since {}", config.getPoolName(), reason);
		}
		Credentials credentials = credentials(config);
		return new DriverDataSource(config.getJdbcUrl(), config.getDriverClassName(), withSockets,
				credentials.getUsername(), credentials.getPassword());
	}

	static Credentials credentials(HikariConfig config) {
		var provider = config.getCredentialsProvider();
		return (provider != null) ? provider.getCredentials() : config.getCredentials();
	}

	private static boolean isMySqlClass(String name) {
		return name.startsWith("com.mysql.") || name.startsWith("org.mariadb.");
	}

}
