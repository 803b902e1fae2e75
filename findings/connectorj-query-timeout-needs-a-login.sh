#!/bin/bash
# Statement.setQueryTimeout() of MySQL Connector/J 9.7.0 and 26.10.0 needs a second login, by which the driver sends KILL
# QUERY. Where that is refused, as with an account that has as many connections as it may (here MAX_USER_CONNECTIONS 1, on
# MariaDB 11.4.5), nothing is ended: the statement runs for as long as it likes, succeeds on the server, and is then
# reported as failed, with the error of the login. An INSERT in auto-commit mode has that error, and its row is there;
# 1226 with SQLState 42000 is what Spring takes for bad SQL. A pool that fills its account's quota so has no timeouts left
# when it needs them. MariaDB Connector/J 3.5.10 has the server itself end the statement, which needs no login.
#
# Seen, for a timeout of 1 s and an INSERT that takes 4 s: the error, whether it came before 3 s were over, how many rows
# another session saw after that, how many logins it cost, and how many KILL statements the server has counted
#   mysql, account without a limit: MySQLTimeoutException 0 null, in time true, rows 0, logins 1, kills 1
#   mysql, account with one connection: SQLSyntaxErrorException 1226 42000, in time false, rows 1, logins 1, kills 0
#   mariadb, account without a limit: SQLTimeoutException 1969 70100, in time true, rows 0, logins 0, kills 0
#   mariadb, account with one connection: SQLTimeoutException 1969 70100, in time true, rows 0, logins 0, kills 0
source "$(dirname "$0")/support.bash"

start_mariadb
with org.mariadb.jdbc:mariadb-java-client:3.5.10
for version in 9.7.0 26.10.0; do
	rm -f "$work"/lib/mysql-connector-j-*.jar
	with com.mysql:mysql-connector-j:$version
	run <<-'JAVA'
		import java.sql.*;
		import java.util.concurrent.TimeUnit;

		public class Finding {

			static Connection connect(String driver, String user) throws SQLException {
				return DriverManager.getConnection("jdbc:" + driver + "://127.0.0.1:" + System.getProperty("port")
						+ "/test?user=" + user + "&sslMode=disable" + (driver.equals("mysql") ? "d" : ""));
			}

			static long ask(Statement on, String sql, int column) throws SQLException {
				try (ResultSet row = on.executeQuery(sql)) {
					row.next();
					return row.getLong(column);
				}
			}

			static long status(Statement on, String name) throws SQLException {
				return ask(on, "SHOW GLOBAL STATUS LIKE '" + name + "'", 2);
			}

			static void insert(Statement root, String driver, String user, String account) throws SQLException {
				root.execute("CREATE OR REPLACE TABLE line (id INT)");
				try (Connection connection = connect(driver, user); Statement statement = connection.createStatement()) {
					statement.setQueryTimeout(1);
					long logins = status(root, "Connections");
					long kills = status(root, "Com_kill");
					long begin = System.nanoTime();
					String outcome = "none";
					try {
						statement.executeUpdate("INSERT INTO line SELECT SLEEP(4)");
					}
					catch (SQLException ex) {
						outcome = ex.getClass().getSimpleName() + " " + ex.getErrorCode() + " " + ex.getSQLState();
					}
					boolean inTime = System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(3);
					System.out.printf("%s, %s: %s, in time %b, rows %d, logins %d, kills %d%n", driver, account, outcome, inTime,
							ask(root, "SELECT COUNT(*) FROM line", 1), status(root, "Connections") - logins,
							status(root, "Com_kill") - kills);
				}
			}

			public static void main(String[] arguments) throws SQLException {
				try (Connection connection = connect("mariadb", "root"); Statement root = connection.createStatement()) {
					root.execute("CREATE OR REPLACE USER free@127.0.0.1");
					root.execute("CREATE OR REPLACE USER limited@127.0.0.1 WITH MAX_USER_CONNECTIONS 1");
					root.execute("GRANT ALL ON test.* TO free@127.0.0.1, limited@127.0.0.1");
					for (String driver : new String[] { "mysql", "mariadb" }) {
						insert(root, driver, "free", "account without a limit");
						insert(root, driver, "limited", "account with one connection");
					}
				}
			}

		}
	JAVA
	expect <<-'SEEN'
		mysql, account without a limit: MySQLTimeoutException 0 null, in time true, rows 0, logins 1, kills 1
		mysql, account with one connection: SQLSyntaxErrorException 1226 42000, in time false, rows 1, logins 1, kills 0
		mariadb, account without a limit: SQLTimeoutException 1969 70100, in time true, rows 0, logins 0, kills 0
		mariadb, account with one connection: SQLTimeoutException 1969 70100, in time true, rows 0, logins 0, kills 0
	SEEN
done
