#!/bin/bash
# A trigger may not set autocommit (MariaDB 11.4.5 refuses to create it), but it may set the access mode or the isolation
# level of the session that fires it, and an INSERT that looks harmless so changes what the pool hands on: HikariCP
# 7.0.2 resets only what was set by way of the connection, so the next borrower cannot write, or reads uncommitted rows.
# MySQL Connector/J 9.7.0 asks the server when it is asked isReadOnly(), refuses the write itself, without an error code,
# and setReadOnly(false) cures the session. MariaDB Connector/J 3.5.10 believes what it was told last: isReadOnly() is
# false, the server refuses the write, and setReadOnly(false) sends nothing; only true and then false does.
#
# Seen: what creating the trigger does; then, for the next borrower, the state as the driver tells it (level 1 is read
# uncommitted, 4 repeatable read) and what an INSERT does, with the error code
#   mysql, trigger that sets autocommit = 0: fails with 1445
#   mysql, trigger that sets SESSION TRANSACTION READ ONLY: works; next borrower: isReadOnly() true, level 4, an insert fails with 0, after setReadOnly(false) works, after true and false works
#   mysql, trigger that sets SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED: works; next borrower: isReadOnly() false, level 1, an insert works, after setReadOnly(false) works, after true and false works
#   mariadb, trigger that sets autocommit = 0: fails with 1445
#   mariadb, trigger that sets SESSION TRANSACTION READ ONLY: works; next borrower: isReadOnly() false, level 4, an insert fails with 1792, after setReadOnly(false) fails with 1792, after true and false works
#   mariadb, trigger that sets SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED: works; next borrower: isReadOnly() false, level 1, an insert works, after setReadOnly(false) works, after true and false works
source "$(dirname "$0")/support.bash"

start_mariadb
with com.mysql:mysql-connector-j:9.7.0 org.mariadb.jdbc:mariadb-java-client:3.5.10 com.zaxxer:HikariCP:7.0.2 \
	org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-nop:2.0.17
run <<-'JAVA'
	import java.sql.*;

	import com.zaxxer.hikari.*;

	public class Finding {

		static String outcome(Connection connection, String sql) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(sql);
				return "works";
			}
			catch (SQLException ex) {
				return "fails with " + ex.getErrorCode();
			}
		}

		static String state(Connection connection) throws SQLException {
			return "isReadOnly() " + connection.isReadOnly() + ", level " + connection.getTransactionIsolation();
		}

		static void pool(String driver, String set) throws SQLException {
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl("jdbc:" + driver + "://127.0.0.1:" + System.getProperty("port")
					+ "/test?user=root&sslMode=disable" + (driver.equals("mysql") ? "d" : ""));
			config.setMaximumPoolSize(1);
			try (HikariDataSource pool = new HikariDataSource(config)) {
				try (Connection connection = pool.getConnection()) {
					outcome(connection, "CREATE OR REPLACE TABLE line (id INT)");
					outcome(connection, "CREATE OR REPLACE TABLE watched (id INT)");
					String made = outcome(connection, "CREATE TRIGGER t AFTER INSERT ON watched FOR EACH ROW SET " + set);
					System.out.printf("%s, trigger that sets %s: %s", driver, set, made);
					if (!made.equals("works")) {
						System.out.println();
						return;
					}
					outcome(connection, "INSERT INTO watched VALUES (1)");
				}
				try (Connection connection = pool.getConnection()) {
					System.out.printf("; next borrower: %s, an insert %s", state(connection),
							outcome(connection, "INSERT INTO line VALUES (1)"));
					connection.setReadOnly(false);
					System.out.printf(", after setReadOnly(false) %s", outcome(connection, "INSERT INTO line VALUES (1)"));
					connection.setReadOnly(true);
					connection.setReadOnly(false);
					System.out.printf(", after true and false %s%n", outcome(connection, "INSERT INTO line VALUES (1)"));
				}
			}
		}

		public static void main(String[] arguments) throws SQLException {
			for (String driver : new String[] { "mysql", "mariadb" }) {
				for (String set : new String[] { "autocommit = 0", "SESSION TRANSACTION READ ONLY",
						"SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED" }) {
					pool(driver, set);
				}
			}
		}

	}
JAVA
expect <<-'SEEN'
	mysql, trigger that sets autocommit = 0: fails with 1445
	mysql, trigger that sets SESSION TRANSACTION READ ONLY: works; next borrower: isReadOnly() true, level 4, an insert fails with 0, after setReadOnly(false) works, after true and false works
	mysql, trigger that sets SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED: works; next borrower: isReadOnly() false, level 1, an insert works, after setReadOnly(false) works, after true and false works
	mariadb, trigger that sets autocommit = 0: fails with 1445
	mariadb, trigger that sets SESSION TRANSACTION READ ONLY: works; next borrower: isReadOnly() false, level 4, an insert fails with 1792, after setReadOnly(false) fails with 1792, after true and false works
	mariadb, trigger that sets SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED: works; next borrower: isReadOnly() false, level 1, an insert works, after setReadOnly(false) works, after true and false works
SEEN
