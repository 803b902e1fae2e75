package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import io.github.connectionguard.advice.StartReport;
import io.github.connectionguard.driver.ConnectionAttributes;
import io.github.connectionguard.driver.DriverSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
	 * Tell whether HikariCP has what the guard cannot do without and is no part of its
	 * interface: to connect as it would.
	 */
	static boolean isBuildable() {
		try {
			logger.trace("HikariCP has {}, {}, {} and {}",
					DriverDataSource.class.getConstructor(String.class, String.class, Properties.class, String.class,
							String.class),
					PropertyElf.class.getMethod("setTargetFromProperties", Object.class, Properties.class),
					HikariConfig.class.getMethod("getCredentials"), HikariPool.class.getMethod("shutdown"));
			return true;
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			logger.warn("HikariCP's way to connect is not as expected ({}): no pool is put under guard", ex.toString());
			return false;
		}
	}

	/**
	 * Have a pool connect through another data source instead.
	 */
	void giveWay(HikariConfig config, DataSource other) {
		if (this.className != null) {
			config.setDataSourceClassName(null); // else HikariCP warns that it ignores it
		}
		config.setDataSource(other);
	}

	/**
	 * Build the data source, as HikariCP would ({@code PoolBase.initializeDataSource}),
	 * with sockets that can be looked at where they can be had.
	 */
	DataSource build(HikariConfig config, PoolSettings settings, StartReport start) {
		String url = config.getJdbcUrl();
		if (settings.reportOnly()) {
			return build(config, url, config.getDataSourceProperties());
		}
		ConnectionAttributes attributes = settings.attributes();
		if (attributes != null && !isAttributable(url)) {
			start.off(
					"connection-guard.connection-attributes.enabled has no effect, since the pool does not connect by a URL of "
							+ "MySQL's or MariaDB's Connector/J alone");
		}
		Properties withSockets = new Properties();
		withSockets.putAll(config.getDataSourceProperties());
		String reason = useSockets(url, withSockets);
		if (reason != null) {
			tellUnseen(start, reason);
		}
		if (attributes != null && isAttributable(url)) {
			url = attributes.addTo(url, withSockets, config.getPoolName());
		}
		return build(config, url, withSockets);
	}

	private @Nullable String useSockets(String url, Properties properties) {
		if (this.dataSource != null) {
			return "the pool has a data source of its own";
		}
		return (this.className != null) ? "data-source-class-name is set" : DriverSockets.use(url, properties);
	}

	/**
	 * Tell that a connection has another socket than was to be expected, if so.
	 */
	void tellIfUnseen(HikariConfig config, StartReport start) {
		if (isSeen(config)) {
			tellUnseen(start, "the driver has not made its socket as the guard told it to");
		}
	}

	/**
	 * Tell whether connections are to be expected to have sockets that can be looked at.
	 */
	boolean isSeen(HikariConfig config) {
		Properties expected = new Properties();
		expected.putAll(config.getDataSourceProperties());
		return useSockets(config.getJdbcUrl(), expected) == null;
	}

	private boolean isAttributable(String url) {
		return this.dataSource == null && this.className == null && ConnectionAttributes.isKnownTo(url);
	}

	/**
	 * Log in past the pool, as HikariCP would.
	 */
	Connection login(HikariConfig config) throws SQLException {
		DataSource plain = build(config, config.getJdbcUrl(), config.getDataSourceProperties());
		Login login = Login.of(config);
		return (login.username() != null) ? plain.getConnection(login.username(), login.password())
				: plain.getConnection();
	}

	private DataSource build(HikariConfig config, String url, Properties properties) {
		if (this.dataSource != null) {
			return this.dataSource;
		}
		if (this.className != null) {
			DataSource built = instantiate(this.className);
			PropertyElf.setTargetFromProperties(built, properties);
			return built;
		}
		Login login = Login.of(config);
		return new DriverDataSource(url, config.getDriverClassName(), properties, login.username(), login.password());
	}

	private static void tellUnseen(StartReport start, String reason) {
		start.off("Connections are not looked at when they are lent, since " + reason
				+ ": what dies within half a second of its last use is lent once");
	}

	private static DataSource instantiate(String name) {
		try {
			return (DataSource) HikariConfig.class.getClassLoader()
				.loadClass(name)
				.getDeclaredConstructor()
				.newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Could not create a data source of the class " + name, ex);
		}
	}

	/**
	 * Whom a pool logs in as, now.
	 *
	 * @param username the user, or {@code null} if the driver knows
	 * @param password the password, or {@code null} if there is none
	 */
	record Login(@Nullable String username, @Nullable String password) {

		/**
		 * Since HikariCP 7.
		 */
		private static final boolean HAS_PROVIDER = Arrays.stream(HikariConfig.class.getMethods())
			.anyMatch((method) -> method.getName().equals("getCredentialsProvider"));

		static Login of(HikariConfig config) {
			Login provided = HAS_PROVIDER ? provided(config) : null;
			return (provided != null) ? provided : of(config.getCredentials());
		}

		private static @Nullable Login provided(HikariConfig config) {
			var provider = config.getCredentialsProvider();
			return (provider != null) ? of(provider.getCredentials()) : null;
		}

		private static Login of(Credentials credentials) {
			return new Login(credentials.getUsername(), credentials.getPassword());
		}

		@Override
		public String toString() {
			return "Login of " + this.username;
		}

	}

}
