#!/bin/bash
# Reading one result row by row leaves another net_write_timeout on the session than it had, with MySQL Connector/J
# 9.7.0 and 26.10.0 on MariaDB 11.4.5: the driver sets 600 for the time of the stream, and afterwards the value the
# session had at login, whatever was set since by a statement or the pool's connectionInitSql. Below a pool it stays
# for all later borrowers. sessionVariables in the URL are safe, as they are set before the driver looks;
# netTimeoutForStreamingResults=0 switches it off. MariaDB Connector/J 3.5.10 leaves the session alone.
#
# Seen: net_write_timeout while a result is streamed, and after it, in a session that was set to 77
#   connector/j 600 60
#   connector/j, sessionVariables 600 77
#   connector/j, netTimeoutForStreamingResults=0 77 77
#   mariadb 77 77
source "$(dirname "$0")/support.bash"

start_mariadb --net-write-timeout=60
for version in 9.7.0 26.10.0; do
	rm -rf "$work/lib"
	with com.mysql:mysql-connector-j:$version org.mariadb.jdbc:mariadb-java-client:3.5.10
	run <<-'JAVA'
		import java.sql.*;

		public class Finding {

			static Connection connect(String driver, String properties) throws SQLException {
				return DriverManager.getConnection("jdbc:" + driver + "://127.0.0.1:" + System.getProperty("port")
						+ "/test?user=root&sslMode=disable" + (driver.equals("mysql") ? "d" : "") + properties);
			}

			static void stream(String name, String driver, String properties, boolean set) throws SQLException {
				try (Connection connection = connect(driver, properties);
						Statement statement = connection.createStatement()) {
					if (set) {
						statement.execute("SET net_write_timeout = 77");
					}
					long during;
					try (Statement stream = connection.createStatement()) {
						stream.setFetchSize(driver.equals("mysql") ? Integer.MIN_VALUE : 1);
						try (ResultSet rows = stream.executeQuery("SELECT @@net_write_timeout UNION ALL SELECT 1")) {
							rows.next();
							during = rows.getLong(1);
							while (rows.next()) {
							}
						}
					}
					try (ResultSet row = statement.executeQuery("SELECT @@net_write_timeout")) {
						row.next();
						System.out.println(name + " " + during + " " + row.getLong(1));
					}
				}
			}

			public static void main(String[] arguments) throws SQLException {
				stream("connector/j", "mysql", "", true);
				stream("connector/j, sessionVariables", "mysql", "&sessionVariables=net_write_timeout=77", false);
				stream("connector/j, netTimeoutForStreamingResults=0", "mysql", "&netTimeoutForStreamingResults=0", true);
				stream("mariadb", "mariadb", "", true);
			}

		}
	JAVA
	expect <<-'SEEN'
		connector/j 600 60
		connector/j, sessionVariables 600 77
		connector/j, netTimeoutForStreamingResults=0 77 77
		mariadb 77 77
	SEEN
done
