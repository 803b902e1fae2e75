#!/bin/bash
# A login refused by a quota of the account has error 1226 with MariaDB Connector/J 3.5.10 and 4.0.0 if the quota is
# MAX_USER_CONNECTIONS, but SQLState 08000 and code -1 if it is MAX_QUERIES_PER_HOUR: that one strikes at the statements
# the driver sends after it has logged in, and whatever fails there is wrapped as a broken connection. In the sequential
# and loadbalance modes the driver believes it itself, takes the host for down, and logs in again until retriesAllDown
# is used up. With the default of 120, one getConnection() was seen to log in 120 times in 30 s before it failed. MySQL
# Connector/J 9.7.0 says 1226 for both quotas. On MariaDB 11.4.5.
#
# Seen, for each version, with retriesAllDown=8: the exception's SQLState and code, those of its last cause, and how many
# logins the server has counted for one getConnection()
#   mysql, queries, statement: 42000 1226
#   mysql, connections: 42000 1226, root cause 42000 1226, logins 1
#   mysql, queries: 42000 1226, root cause 42000 1226, logins 1
#   mariadb, connections: 42000 1226, root cause 42000 1226, logins 1
#   mariadb, queries: 08000 -1, root cause 42000 1226, logins 1
#   mariadb:sequential, connections: 42000 1226, root cause 42000 1226, logins 1
#   mariadb:sequential, queries: 08000 -1, root cause 42000 1226, logins 9
#   mariadb:loadbalance, connections: 42000 1226, root cause 42000 1226, logins 1
#   mariadb:loadbalance, queries: 08000 -1, root cause 42000 1226, logins 8
source "$(dirname "$0")/support.bash"

start_mariadb
with com.mysql:mysql-connector-j:9.7.0
for version in 3.5.10 4.0.0; do
	rm -f "$work"/lib/mariadb-java-client-*.jar
	with org.mariadb.jdbc:mariadb-java-client:$version
	run <<-'JAVA'
		import java.sql.*;

		public class Finding {

			static Connection connect(String driver, String user) throws SQLException {
				return DriverManager.getConnection("jdbc:" + driver + "://127.0.0.1:" + System.getProperty("port")
						+ "/test?user=" + user + "&sslMode=disable"
						+ (driver.equals("mysql") ? "d" : "&retriesAllDown=8"));
			}

			static long logins(Statement on) throws SQLException {
				try (ResultSet row = on.executeQuery("SHOW GLOBAL STATUS LIKE 'Connections'")) {
					row.next();
					return row.getLong(2);
				}
			}

			static void refused(Statement root, String driver, String user) throws SQLException {
				long before = logins(root);
				try (Connection connection = connect(driver, user)) {
					System.out.printf("%s, %s: not refused%n", driver, user);
				}
				catch (SQLException ex) {
					System.out.printf("%s, %s: %s, root cause %s, logins %d%n", driver, user, code(ex), code(rootCause(ex)),
							logins(root) - before);
				}
			}

			static SQLException rootCause(SQLException ex) {
				return (ex.getCause() instanceof SQLException cause) ? rootCause(cause) : ex;
			}

			static String code(SQLException ex) {
				return ex.getSQLState() + " " + ex.getErrorCode();
			}

			static void useUp(Connection connection) throws SQLException {
				try (connection; Statement statement = connection.createStatement()) {
					while (true) {
						statement.execute("DO 1");
					}
				}
				catch (SQLException ex) {
					System.out.println("mysql, queries, statement: " + code(ex));
				}
			}

			public static void main(String[] arguments) throws SQLException {
				try (Connection connection = connect("mysql", "root"); Statement root = connection.createStatement()) {
					root.execute("CREATE OR REPLACE USER connections@127.0.0.1 WITH MAX_USER_CONNECTIONS 1");
					root.execute("CREATE OR REPLACE USER queries@127.0.0.1 WITH MAX_QUERIES_PER_HOUR 9");
					root.execute("GRANT ALL ON test.* TO connections@127.0.0.1, queries@127.0.0.1");
					useUp(connect("mysql", "queries"));
					try (Connection only = connect("mysql", "connections")) {
						for (String driver : new String[] { "mysql", "mariadb", "mariadb:sequential", "mariadb:loadbalance" }) {
							refused(root, driver, "connections");
							refused(root, driver, "queries");
						}
					}
				}
			}

		}
	JAVA
	expect <<-'SEEN'
		mysql, queries, statement: 42000 1226
		mysql, connections: 42000 1226, root cause 42000 1226, logins 1
		mysql, queries: 42000 1226, root cause 42000 1226, logins 1
		mariadb, connections: 42000 1226, root cause 42000 1226, logins 1
		mariadb, queries: 08000 -1, root cause 42000 1226, logins 1
		mariadb:sequential, connections: 42000 1226, root cause 42000 1226, logins 1
		mariadb:sequential, queries: 08000 -1, root cause 42000 1226, logins 9
		mariadb:loadbalance, connections: 42000 1226, root cause 42000 1226, logins 1
		mariadb:loadbalance, queries: 08000 -1, root cause 42000 1226, logins 8
	SEEN
done
