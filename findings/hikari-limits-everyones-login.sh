#!/bin/bash
# The connectionTimeout of a HikariCP 7.0.2 pool limits logins of code that has nothing to do with the pool: one with a
# jdbcUrl sets DriverManager's login timeout, of which a JVM has one, in whole seconds. The pool that was started last
# decides, and closing them all sets nothing back. MySQL Connector/J 9.7.0 and MariaDB Connector/J 3.5.10 keep to it
# (pools here on MariaDB 11.4.5, the login at a server that accepts connects and says nothing). A pool with a
# dataSourceClassName sets nothing.
#
# Seen, for both drivers: DriverManager's login timeout, and after how many seconds its login at the mute server fails
#   pool with a data source and 1 s: limit 0 s
#   pool with a URL and 2 s: limit 2 s, login fails after 2 s
#   another pool with a URL and 4 s: limit 4 s, login fails after 4 s
#   all pools closed: limit 4 s, login fails after 4 s
source "$(dirname "$0")/support.bash"

start_mariadb
with com.mysql:mysql-connector-j:9.7.0 org.mariadb.jdbc:mariadb-java-client:3.5.10 com.zaxxer:HikariCP:7.0.2 \
	org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-nop:2.0.17
for driver in mysql mariadb; do
	run <<-JAVA
		import java.net.*;
		import java.sql.*;
		import java.time.*;

		import com.zaxxer.hikari.*;

		public class Finding {

			static final String URL = "jdbc:$driver://127.0.0.1:%s/test?user=root&sslMode=disable$([[ $driver = mysql ]] && echo d)";

			static HikariDataSource pool(String source, String value, int seconds) {
				HikariConfig config = new HikariConfig();
				if (source.equals("url")) {
					config.setJdbcUrl(value);
				}
				else {
					config.setDataSourceClassName(source);
					config.addDataSourceProperty("url", value);
				}
				config.setConnectionTimeout(seconds * 1000);
				config.setMaximumPoolSize(1);
				return new HikariDataSource(config);
			}

			static void tell(String what, int mute) {
				System.out.printf("%s: limit %d s", what, DriverManager.getLoginTimeout());
				if (mute > 0) {
					long begin = System.nanoTime();
					try (Connection connection = DriverManager.getConnection(URL.formatted(mute))) {
						System.out.print(", login works");
					}
					catch (SQLException ex) {
						System.out.printf(", login fails after %.0f s", (System.nanoTime() - begin) / 1e9);
					}
				}
				System.out.println();
			}

			public static void main(String[] arguments) throws Exception {
				String url = URL.formatted(System.getProperty("port"));
				String source = "$driver".equals("mysql") ? "com.mysql.cj.jdbc.MysqlDataSource" : "org.mariadb.jdbc.MariaDbDataSource";
				try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
					try (HikariDataSource first = pool(source, url, 1)) {
						tell("pool with a data source and 1 s", 0);
						try (HikariDataSource second = pool("url", url, 2)) {
							tell("pool with a URL and 2 s", mute.getLocalPort());
							try (HikariDataSource third = pool("url", url, 4)) {
								tell("another pool with a URL and 4 s", mute.getLocalPort());
							}
						}
					}
					tell("all pools closed", mute.getLocalPort());
				}
			}

		}
	JAVA
	expect <<-'SEEN'
		pool with a data source and 1 s: limit 0 s
		pool with a URL and 2 s: limit 2 s, login fails after 2 s
		another pool with a URL and 4 s: limit 4 s, login fails after 4 s
		all pools closed: limit 4 s, login fails after 4 s
	SEEN
done
