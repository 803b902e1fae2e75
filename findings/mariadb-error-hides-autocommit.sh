#!/bin/bash
# setAutoCommit(true) of MariaDB Connector/J 3.5.10 and 4.0.0, on MariaDB 11.4.5, does nothing after a procedure that set
# autocommit = 0 and then failed, although the session has it off: the driver compares with what the last answer said,
# and an error says nothing of it. So getAutoCommit() stays true, and the row of whoever then inserts is never committed,
# even if he asked for auto-commit first. Any answer other than an error, such as that to a ping, puts it right. HikariCP
# 7.0.2 hands the session on as it is: nobody called setAutoCommit(), and it does not ask a connection just returned.
# MySQL Connector/J 9.7.0 says true in any case, but sends setAutoCommit(true) whatever it believes.
#
# Seen, for each version; "ends" sets autocommit = 0, "fails" raises an error after that; in the lines with "pool", the
# rows another session sees of an insert by the next borrower, without and with a call of setAutoCommit(true) before it
#   mariadb, ends: getAutoCommit() false, @@autocommit after setAutoCommit(true) 1
#   mariadb, fails: getAutoCommit() true, @@autocommit after setAutoCommit(true) 0
#   mariadb, fails, ping: getAutoCommit() false, @@autocommit after setAutoCommit(true) 1
#   mariadb, ends, pool: rows kept of the next borrower 0, after setAutoCommit(true) 1
#   mariadb, fails, pool: rows kept of the next borrower 0, after setAutoCommit(true) 0
#   mysql, ends: getAutoCommit() true, @@autocommit after setAutoCommit(true) 1
#   mysql, fails: getAutoCommit() true, @@autocommit after setAutoCommit(true) 1
#   mysql, fails, ping: getAutoCommit() true, @@autocommit after setAutoCommit(true) 1
#   mysql, ends, pool: rows kept of the next borrower 0, after setAutoCommit(true) 1
#   mysql, fails, pool: rows kept of the next borrower 0, after setAutoCommit(true) 1
source "$(dirname "$0")/support.bash"

start_mariadb
with com.mysql:mysql-connector-j:9.7.0 com.zaxxer:HikariCP:7.0.2 org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-nop:2.0.17
for version in 3.5.10 4.0.0; do
	rm -f "$work"/lib/mariadb-java-client-*.jar
	with org.mariadb.jdbc:mariadb-java-client:$version
	run <<-'JAVA'
		import java.sql.*;

		import com.zaxxer.hikari.*;

		public class Finding {

			static String url(String driver) {
				return "jdbc:" + driver + "://127.0.0.1:" + System.getProperty("port") + "/test?user=root&sslMode=disable"
						+ (driver.equals("mysql") ? "d" : "");
			}

			static void execute(Connection on, String sql) throws SQLException {
				try (Statement statement = on.createStatement()) {
					statement.execute(sql);
				}
			}

			static void call(Connection on, String procedure) throws SQLException {
				try {
					execute(on, "CALL " + procedure + "()");
				}
				catch (SQLException ex) {
					if (!ex.getSQLState().equals("45000")) {
						throw ex;
					}
				}
			}

			static long read(Connection on, String sql) throws SQLException {
				try (Statement statement = on.createStatement(); ResultSet row = statement.executeQuery(sql)) {
					row.next();
					return row.getLong(1);
				}
			}

			static void alone(String driver, String procedure, boolean ping) throws SQLException {
				try (Connection connection = DriverManager.getConnection(url(driver))) {
					call(connection, procedure);
					if (ping) {
						connection.isValid(1);
					}
					System.out.printf("%s, %s%s: getAutoCommit() %s", driver, procedure, ping ? ", ping" : "",
							connection.getAutoCommit());
					connection.setAutoCommit(true);
					System.out.printf(", @@autocommit after setAutoCommit(true) %d%n",
							read(connection, "SELECT @@autocommit"));
				}
			}

			static long kept(String driver, String procedure, boolean set) throws SQLException {
				HikariConfig config = new HikariConfig();
				config.setJdbcUrl(url(driver));
				config.setMaximumPoolSize(1);
				try (Connection other = DriverManager.getConnection(url("mariadb"))) {
					execute(other, "TRUNCATE TABLE line");
					try (HikariDataSource pool = new HikariDataSource(config)) {
						try (Connection connection = pool.getConnection()) {
							call(connection, procedure);
						}
						try (Connection connection = pool.getConnection()) {
							if (set) {
								connection.setAutoCommit(true);
							}
							execute(connection, "INSERT INTO line VALUES (1)");
						}
					}
					return read(other, "SELECT COUNT(*) FROM line");
				}
			}

			public static void main(String[] arguments) throws SQLException {
				try (Connection connection = DriverManager.getConnection(url("mariadb"))) {
					execute(connection, "CREATE OR REPLACE TABLE line (id INT)");
					execute(connection, "CREATE OR REPLACE PROCEDURE ends() SET autocommit = 0");
					execute(connection, "CREATE OR REPLACE PROCEDURE fails() BEGIN SET autocommit = 0; "
							+ "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'half way'; END");
				}
				for (String driver : new String[] { "mariadb", "mysql" }) {
					alone(driver, "ends", false);
					alone(driver, "fails", false);
					alone(driver, "fails", true);
					for (String procedure : new String[] { "ends", "fails" }) {
						System.out.printf("%s, %s, pool: rows kept of the next borrower %d, after setAutoCommit(true) %d%n", driver,
								procedure, kept(driver, procedure, false), kept(driver, procedure, true));
					}
				}
			}

		}
	JAVA
	expect <<-'SEEN'
		mariadb, ends: getAutoCommit() false, @@autocommit after setAutoCommit(true) 1
		mariadb, fails: getAutoCommit() true, @@autocommit after setAutoCommit(true) 0
		mariadb, fails, ping: getAutoCommit() false, @@autocommit after setAutoCommit(true) 1
		mariadb, ends, pool: rows kept of the next borrower 0, after setAutoCommit(true) 1
		mariadb, fails, pool: rows kept of the next borrower 0, after setAutoCommit(true) 0
		mysql, ends: getAutoCommit() true, @@autocommit after setAutoCommit(true) 1
		mysql, fails: getAutoCommit() true, @@autocommit after setAutoCommit(true) 1
		mysql, fails, ping: getAutoCommit() true, @@autocommit after setAutoCommit(true) 1
		mysql, ends, pool: rows kept of the next borrower 0, after setAutoCommit(true) 1
		mysql, fails, pool: rows kept of the next borrower 0, after setAutoCommit(true) 1
	SEEN
done
