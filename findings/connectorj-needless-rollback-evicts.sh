#!/bin/bash
# A rollback() with nothing to roll back, as in a catch block of code that runs in auto-commit mode, costs HikariCP 7.0.2
# a healthy connection of MySQL Connector/J 9.7.0 and 26.10.0 (here on MariaDB 11.4.5), and takes it out of the
# borrower's hands. The driver refuses both commit() and rollback() in that mode, but only the refused rollback() has
# an SQLState, and it is that of a connection that is not open. The pool takes the connection for lost and closes it.
# The driver's relaxAutoCommit=true does not help; an SQLExceptionOverride of the pool does. With MariaDB
# Connector/J 3.5.10 both methods just return.
#
# Seen, for each version: what the call did, with the SQLState; the pool's counts right after it; a query on the same
# borrowed connection, which the pool says is closed where it fails; and what session the next borrower gets
#   connector/j commit: fails with null; total 1 active 1; a query works; same session
#   connector/j rollback: fails with 08003; total 0 active 0; a query fails with null; another session
#   connector/j rollback, relaxAutoCommit: fails with 08003; total 0 active 0; a query fails with null; another session
#   connector/j rollback, override: fails with 08003; total 1 active 1; a query works; same session
#   mariadb commit: works; total 1 active 1; a query works; same session
#   mariadb rollback: works; total 1 active 1; a query works; same session
source "$(dirname "$0")/support.bash"

start_mariadb
with org.mariadb.jdbc:mariadb-java-client:3.5.10 com.zaxxer:HikariCP:7.0.2 org.slf4j:slf4j-api:2.0.17 \
	org.slf4j:slf4j-nop:2.0.17
for version in 9.7.0 26.10.0; do
	rm -f "$work"/lib/mysql-connector-j-*.jar
	with com.mysql:mysql-connector-j:$version
	run <<-'JAVA'
		import java.sql.*;

		import com.zaxxer.hikari.*;

		public class Finding {

			interface Call {

				void on(Connection connection) throws SQLException;

			}

			static long session(Connection connection) throws SQLException {
				try (Statement statement = connection.createStatement();
						ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
					row.next();
					return row.getLong(1);
				}
			}

			static String outcome(Connection connection, Call call) {
				try {
					call.on(connection);
					return "works";
				}
				catch (SQLException ex) {
					return "fails with " + ex.getSQLState();
				}
			}

			static void call(String name, String driver, String properties, SQLExceptionOverride override, Call call)
					throws SQLException {
				HikariConfig config = new HikariConfig();
				config.setJdbcUrl("jdbc:" + driver + "://127.0.0.1:" + System.getProperty("port")
						+ "/test?user=root&sslMode=disable" + (driver.equals("mysql") ? "d" : "") + properties);
				config.setMaximumPoolSize(1);
				config.setExceptionOverride(override);
				try (HikariDataSource pool = new HikariDataSource(config)) {
					long session;
					try (Connection connection = pool.getConnection()) {
						session = session(connection);
						System.out.printf("%s: %s; ", name, outcome(connection, call));
						HikariPoolMXBean counts = pool.getHikariPoolMXBean();
						System.out.printf("total %d active %d; ", counts.getTotalConnections(), counts.getActiveConnections());
						System.out.printf("a query %s; ", outcome(connection, Finding::session));
					}
					try (Connection connection = pool.getConnection()) {
						System.out.println((session(connection) == session) ? "same session" : "another session");
					}
				}
			}

			public static void main(String[] arguments) throws SQLException {
				call("connector/j commit", "mysql", "", null, Connection::commit);
				call("connector/j rollback", "mysql", "", null, Connection::rollback);
				call("connector/j rollback, relaxAutoCommit", "mysql", "&relaxAutoCommit=true", null,
						Connection::rollback);
				call("connector/j rollback, override", "mysql", "", new SQLExceptionOverride() {

					public Override adjudicate(SQLException ex) {
						return Override.DO_NOT_EVICT;
					}

				}, Connection::rollback);
				call("mariadb commit", "mariadb", "", null, Connection::commit);
				call("mariadb rollback", "mariadb", "", null, Connection::rollback);
			}

		}
	JAVA
	expect <<-'SEEN'
		connector/j commit: fails with null; total 1 active 1; a query works; same session
		connector/j rollback: fails with 08003; total 0 active 0; a query fails with null; another session
		connector/j rollback, relaxAutoCommit: fails with 08003; total 0 active 0; a query fails with null; another session
		connector/j rollback, override: fails with 08003; total 1 active 1; a query works; same session
		mariadb commit: works; total 1 active 1; a query works; same session
		mariadb rollback: works; total 1 active 1; a query works; same session
	SEEN
done
