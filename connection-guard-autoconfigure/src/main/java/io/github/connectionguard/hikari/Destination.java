package io.github.connectionguard.hikari;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import io.github.connectionguard.connection.GuardedMysqlDataSource;
import io.github.connectionguard.mysql.MySqlUrl;

/**
 * Where a pool leads to, as far as its configuration tells.
 *
 * @param kind what is known of that
 * @param doubt why it is not known and what would tell, empty if it is
 */
record Destination(Kind kind, String doubt) {

	private static final Destination MYSQL = new Destination(Kind.MYSQL, "");

	private static final Destination ELSEWHERE = new Destination(Kind.ELSEWHERE, "");

	private static final Destination UNSET = new Destination(Kind.UNSET, "");

	/**
	 * Of ShardingSphere's driver, which has pools of its own behind it.
	 */
	private static final String SHARDING = "jdbc:shardingsphere:";

	static Destination of(HikariConfig config) {
		if (config.getDataSource() != null) {
			return of(config, config.getDataSource());
		}
		if (config.getDataSourceClassName() != null) {
			return of(config, config.getDataSourceClassName());
		}
		String url = config.getJdbcUrl();
		if (url != null) {
			return url.startsWith(SHARDING)
					? unknown("its connections are those of ShardingSphere, which makes pools of its own. Have "
							+ "ShardingSphere's data source made of pools that are beans")
					: MySqlUrl.matches(url) ? MYSQL : ELSEWHERE;
		}
		return (config.getDataSourceJNDI() != null) ? unknown("JNDI does not tell where it leads to") : UNSET;
	}

	private static Destination of(HikariConfig config, DataSource dataSource) {
		if (dataSource instanceof GuardedMysqlDataSource) {
			return ELSEWHERE; // it is under another guard
		}
		if (isMySql(dataSource) || MySqlUrl.matches(config.getJdbcUrl())) {
			return MYSQL;
		}
		return texts(dataSource).anyMatch(Destination::isUrl) ? ELSEWHERE
				: unknown("its data source, a " + dataSource.getClass().getName()
						+ ", does not tell where it leads to. If that is MySQL or MariaDB, set the pool's jdbc-url, "
						+ "too, which HikariCP itself does not use beside a data source");
	}

	private static Destination of(HikariConfig config, String className) {
		if (isOfMySql(className) || properties(config).anyMatch(Destination::isOfMySql)) {
			return MYSQL;
		}
		return properties(config).anyMatch(Destination::isUrl) ? ELSEWHERE
				: unknown("a " + className + " does not tell where it leads to. If that is MySQL or MariaDB, set "
						+ "jdbc-url in place of data-source-class-name");
	}

	private static Stream<String> properties(HikariConfig config) {
		return config.getDataSourceProperties().values().stream().map(Objects::toString);
	}

	private static Destination unknown(String doubt) {
		return new Destination(Kind.UNKNOWN, doubt);
	}

	/**
	 * Tell whether a data source leads to MySQL or MariaDB, by itself or by another one.
	 */
	private static boolean isMySql(DataSource dataSource) {
		return isMySql(dataSource, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	private static boolean isMySql(DataSource dataSource, Set<DataSource> seen) {
		return seen.add(dataSource)
				&& (isOfMySql(dataSource.getClass().getName()) || texts(dataSource).anyMatch(Destination::isOfMySql)
						|| HeldDataSources.in(dataSource).stream().anyMatch((held) -> isMySql(held.getValue(), seen)));
	}

	/**
	 * Return what a data source says of itself, as those of drivers and of their wrappers
	 * do.
	 */
	private static Stream<String> texts(DataSource dataSource) {
		return Stream.of("getUrl", "getURL", "getJdbcUrl", "getTargetDataSourceClassName")
			.map((getter) -> text(dataSource, getter));
	}

	private static String text(DataSource dataSource, String getter) {
		try {
			Method method = dataSource.getClass().getMethod(getter);
			return method.trySetAccessible() ? Objects.toString(method.invoke(dataSource), "") : "";
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return "";
		}
	}

	private static boolean isUrl(String text) {
		return text.startsWith("jdbc:");
	}

	private static boolean isOfMySql(String text) {
		return text.startsWith("com.mysql.") || text.startsWith("org.mariadb.") || MySqlUrl.matches(text);
	}

	/**
	 * What is known of where a pool leads to.
	 */
	enum Kind {

		/**
		 * To MySQL or MariaDB.
		 */
		MYSQL,

		/**
		 * To another database, or under another guard.
		 */
		ELSEWHERE,

		/**
		 * That cannot be told.
		 */
		UNKNOWN,

		/**
		 * Nobody has said yet.
		 */
		UNSET

	}

}
