#!/bin/bash
# There is an error for it, 1927 (ER_CONNECTION_KILLED), but the client of a session that somebody ends with KILL does not
# get it from MariaDB 11.4.5: whether the session was idle, slept in a statement or computed, the connection just ends, and
# MySQL Connector/J 9.7.0 and MariaDB Connector/J 3.5.10 say what they say of a restart or a network device (error 0 or -1).
# Code that looks for 1927 to tell a kill from those finds none. Any other session of the same account can tell, with no
# privilege at all: SHOW PROCESSLIST has all sessions of the account, so whether this one is gone, and SHOW GLOBAL STATUS
# counts the statements that killed (Com_kill).
#
# Seen, for each driver: error number and SQLState at the client
#   mysql, killed while idle: 0 08S01; another session of the account sees it before true, after false, and 1 kill
#   mysql, killed in SELECT SLEEP(30): 0 08S01
#   mysql, killed in SELECT BENCHMARK(1000000000, SHA2('a', 512)): 0 08S01
#   mariadb, killed while idle: -1 08000; another session of the account sees it before true, after false, and 1 kill
#   mariadb, killed in SELECT SLEEP(30): -1 08000
#   mariadb, killed in SELECT BENCHMARK(1000000000, SHA2('a', 512)): -1 08000
source "$(dirname "$0")/support.bash"

start_mariadb
with com.mysql:mysql-connector-j:9.7.0 org.mariadb.jdbc:mariadb-java-client:3.5.10
run <<-'JAVA'
	import java.sql.*;
	import java.util.concurrent.*;

	public class Finding {

		static Connection connect(String driver, String user) throws SQLException {
			return DriverManager.getConnection("jdbc:" + driver + "://127.0.0.1:" + System.getProperty("port")
					+ "/test?user=" + user + "&sslMode=disable" + (driver.equals("mysql") ? "d" : ""));
		}

		static void execute(Connection connection, String sql) throws SQLException {
			try (Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
		}

		static long ask(Connection connection, String sql, String column) throws SQLException {
			try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
				row.next();
				return row.getLong(column);
			}
		}

		static String outcome(Connection connection, String sql) {
			try {
				execute(connection, sql);
				return "nothing";
			}
			catch (SQLException ex) {
				return ex.getErrorCode() + " " + ex.getSQLState();
			}
		}

		static long kills(Connection connection) throws SQLException {
			return ask(connection, "SHOW GLOBAL STATUS LIKE 'Com_kill'", "Value");
		}

		static boolean isListed(Connection connection, long id) throws SQLException {
			try (Statement statement = connection.createStatement();
					ResultSet rows = statement.executeQuery("SHOW PROCESSLIST")) {
				while (rows.next()) {
					if (rows.getLong("Id") == id) {
						return true;
					}
				}
			}
			return false;
		}

		static void idle(Connection root, Connection other, String driver) throws Exception {
			try (Connection killed = connect(driver, "application")) {
				long id = ask(killed, "SELECT CONNECTION_ID() AS id", "id");
				long before = kills(other);
				boolean listed = isListed(other, id);
				execute(root, "KILL " + id);
				while (isListed(other, id)) {
					Thread.sleep(10);
				}
				System.out.printf("%s, killed while idle: %s; another session of the account sees it before %b, after "
						+ "false, and %d kill%n", driver, outcome(killed, "SELECT 1"), listed, kills(other) - before);
			}
		}

		static void busy(Connection root, String driver, String sql) throws Exception {
			try (Connection killed = connect(driver, "application")) {
				long id = ask(killed, "SELECT CONNECTION_ID() AS id", "id");
				CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> outcome(killed, sql));
				while (ask(root, "SELECT COUNT(*) AS busy FROM information_schema.processlist "
						+ "WHERE command = 'Query' AND id = " + id, "busy") == 0) {
					Thread.sleep(10);
				}
				execute(root, "KILL " + id);
				System.out.printf("%s, killed in %s: %s%n", driver, sql, told.get());
			}
		}

		public static void main(String[] arguments) throws Exception {
			try (Connection root = connect("mariadb", "root")) {
				execute(root, "CREATE USER application@127.0.0.1");
				execute(root, "GRANT SELECT ON test.* TO application@127.0.0.1");
				try (Connection other = connect("mariadb", "application")) {
					for (String driver : new String[] { "mysql", "mariadb" }) {
						idle(root, other, driver);
						busy(root, driver, "SELECT SLEEP(30)");
						busy(root, driver, "SELECT BENCHMARK(1000000000, SHA2('a', 512))");
					}
				}
			}
		}

	}
JAVA
expect <<-'SEEN'
	mysql, killed while idle: 0 08S01; another session of the account sees it before true, after false, and 1 kill
	mysql, killed in SELECT SLEEP(30): 0 08S01
	mysql, killed in SELECT BENCHMARK(1000000000, SHA2('a', 512)): 0 08S01
	mariadb, killed while idle: -1 08000; another session of the account sees it before true, after false, and 1 kill
	mariadb, killed in SELECT SLEEP(30): -1 08000
	mariadb, killed in SELECT BENCHMARK(1000000000, SHA2('a', 512)): -1 08000
SEEN
