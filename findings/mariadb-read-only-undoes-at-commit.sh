#!/bin/bash
# COMMIT is the statement that MariaDB 11.4.5 refuses to a transaction that was open when the server became read-only,
# with error 1290, as it refuses any write. But a refused INSERT leaves a transaction open, and the refused COMMIT has
# rolled it back: the server is in no transaction after that, the next COMMIT is answered with OK, whether the server may
# write again or not, and the row is gone. Code that takes 1290 at commit() for "try again when the server may write"
# acknowledges what is lost. The same with MySQL Connector/J 9.7.0 and MariaDB Connector/J 3.5.10.
#
# Seen, for each driver; the last number is of the rows that are there when the server may write again
#   mysql, INSERT refused: 1290, in a transaction after that 1
#   mysql: commit fails with 1290, in a transaction after that 0, commit again works, rows 0
#   mysql: commit fails with 1290, in a transaction after that 0, commit again when it may write works, rows 0
#   mariadb, INSERT refused: 1290, in a transaction after that 1
#   mariadb: commit fails with 1290, in a transaction after that 0, commit again works, rows 0
#   mariadb: commit fails with 1290, in a transaction after that 0, commit again when it may write works, rows 0
source "$(dirname "$0")/support.bash"

start_mariadb
with com.mysql:mysql-connector-j:9.7.0 org.mariadb.jdbc:mariadb-java-client:3.5.10
run <<-'JAVA'
	import java.sql.*;

	public class Finding {

		static String url(String driver, String user) {
			return "jdbc:" + driver + "://127.0.0.1:" + System.getProperty("port") + "/test?user=" + user
					+ "&sslMode=disable" + (driver.equals("mysql") ? "d" : "");
		}

		static void execute(Connection connection, String sql) throws SQLException {
			try (Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
		}

		static long ask(Connection connection, String sql) throws SQLException {
			try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
				row.next();
				return row.getLong(1);
			}
		}

		static String outcome(Connection connection) {
			try {
				connection.commit();
				return "works";
			}
			catch (SQLException ex) {
				return "fails with " + ex.getErrorCode();
			}
		}

		static void insert(Connection root, String driver) throws SQLException {
			execute(root, "CREATE OR REPLACE TABLE line (id INT PRIMARY KEY)");
			try (Connection application = DriverManager.getConnection(url(driver, "application"))) {
				application.setAutoCommit(false);
				execute(application, "INSERT INTO line VALUES (1)");
				execute(root, "SET GLOBAL read_only = ON");
				try {
					execute(application, "INSERT INTO line VALUES (2)");
				}
				catch (SQLException ex) {
					System.out.printf("%s, INSERT refused: %d, in a transaction after that %d%n", driver, ex.getErrorCode(),
							ask(application, "SELECT @@in_transaction"));
				}
			}
			execute(root, "SET GLOBAL read_only = OFF");
		}

		static void commit(Connection root, String driver, boolean backBetween) throws SQLException {
			execute(root, "CREATE OR REPLACE TABLE line (id INT PRIMARY KEY)");
			try (Connection application = DriverManager.getConnection(url(driver, "application"))) {
				application.setAutoCommit(false);
				execute(application, "INSERT INTO line VALUES (1)");
				execute(root, "SET GLOBAL read_only = ON");
				System.out.printf("%s: commit %s, in a transaction after that %d, ", driver, outcome(application),
						ask(application, "SELECT @@in_transaction"));
				if (backBetween) {
					execute(root, "SET GLOBAL read_only = OFF");
				}
				System.out.printf("commit again%s %s, ", backBetween ? " when it may write" : "", outcome(application));
			}
			execute(root, "SET GLOBAL read_only = OFF");
			System.out.println("rows " + ask(root, "SELECT COUNT(*) FROM line"));
		}

		public static void main(String[] arguments) throws SQLException {
			try (Connection root = DriverManager.getConnection(url("mariadb", "root"))) {
				execute(root, "CREATE USER application@127.0.0.1");
				execute(root, "GRANT SELECT, INSERT ON test.* TO application@127.0.0.1");
				for (String driver : new String[] { "mysql", "mariadb" }) {
					insert(root, driver);
					commit(root, driver, false);
					commit(root, driver, true);
				}
			}
		}

	}
JAVA
expect <<-'SEEN'
	mysql, INSERT refused: 1290, in a transaction after that 1
	mysql: commit fails with 1290, in a transaction after that 0, commit again works, rows 0
	mysql: commit fails with 1290, in a transaction after that 0, commit again when it may write works, rows 0
	mariadb, INSERT refused: 1290, in a transaction after that 1
	mariadb: commit fails with 1290, in a transaction after that 0, commit again works, rows 0
	mariadb: commit fails with 1290, in a transaction after that 0, commit again when it may write works, rows 0
SEEN
