package io.github.connectionguard.benchmarks.pools;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.alibaba.druid.pool.DruidDataSource;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.pool.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.mariadb.jdbc.MariaDbPoolDataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.vibur.dbcp.ViburDBCPDataSource;

/**
 * Which releases of the pools are measured, as the names of their files tell.
 */
final class PoolVersions {

	private static final Pattern VERSION = Pattern.compile("-(\\d[^/]*)\\.jar");

	private PoolVersions() {
	}

	static Map<String, String> all() {
		Map<String, String> versions = new LinkedHashMap<>();
		versions.put("HikariCP", of(HikariDataSource.class));
		versions.put("Tomcat JDBC", of(org.apache.tomcat.jdbc.pool.DataSource.class));
		versions.put("DBCP2", of(BasicDataSource.class));
		versions.put("Druid", of(DruidDataSource.class));
		versions.put("Agroal", of(DataSource.class));
		versions.put("c3p0", of(ComboPooledDataSource.class));
		versions.put("Vibur", of(ViburDBCPDataSource.class));
		versions.put("MariaDB Connector/J", of(MariaDbPoolDataSource.class));
		versions.put("MySQL Connector/J", of(com.mysql.cj.jdbc.Driver.class));
		versions.put("JMH", of(Benchmark.class));
		return versions;
	}

	private static String of(Class<?> type) {
		String file = type.getProtectionDomain().getCodeSource().getLocation().getPath();
		Matcher version = VERSION.matcher(file);
		if (!version.find()) {
			throw new IllegalStateException("The version of %s is not told".formatted(type.getName()));
		}
		return version.group(1);
	}

}
