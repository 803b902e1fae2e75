#!/bin/bash
# MySQL Connector/J 9.7.0 and 26.10.0 with useLocalTransactionState=true, on MariaDB 11.4.5: after isValid(), or after a
# procedure that inserted a row and then failed, commit() returns and has sent nothing. The row stays in an open
# transaction, and rollback() does not undo it either. The driver asks its own copy of the server's status whether a
# transaction is open; sending anything sets that copy to zero, and the answer to a ping, or an error, does not bring
# it back. A pool that validates, or a keepalive of a connection in use, is enough. Without the property, both are sent.
#
# Seen, for each version: the rows another session sees after commit()
#   useLocalTransactionState=false insert 1, insert and ping 1, procedure that fails 1, rollback after a ping 0
#   useLocalTransactionState=true insert 1, insert and ping 0, procedure that fails 0, rollback after a ping 1
# where "rollback after a ping" is read after the next commit that was sent.
source "$(dirname "$0")/support.bash"

start_mariadb
for version in 9.7.0 26.10.0; do
	rm -rf "$work/lib"
	with com.mysql:mysql-connector-j:$version
	run <<-'JAVA'
		import java.sql.*;

		public class Finding {

			static Connection connect(String property) throws SQLException {
				return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + System.getProperty("port")
						+ "/test?user=root&sslMode=DISABLED" + property);
			}

			static void execute(Connection on, String sql) throws SQLException {
				try (Statement statement = on.createStatement()) {
					statement.execute(sql);
				}
			}

			static long rows(Connection on) throws SQLException {
				try (Statement statement = on.createStatement();
						ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM line")) {
					row.next();
					return row.getLong(1);
				}
			}

			interface Work {

				void on(Connection connection) throws SQLException;

			}

			static long seen(boolean local, Work work) throws SQLException {
				try (Connection other = connect(""); Connection connection = connect("&useLocalTransactionState=" + local)) {
					execute(other, "TRUNCATE TABLE line");
					connection.setAutoCommit(false);
					work.on(connection);
					return rows(other);
				}
			}

			static void insert(Connection on) throws SQLException {
				execute(on, "INSERT INTO line VALUES (1)");
			}

			public static void main(String[] arguments) throws SQLException {
				try (Connection connection = connect("")) {
					execute(connection, "CREATE OR REPLACE TABLE line (id INT)");
					execute(connection, "CREATE OR REPLACE PROCEDURE half() BEGIN INSERT INTO line VALUES (1); "
							+ "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'half way'; END");
				}
				for (boolean local : new boolean[] { false, true }) {
					System.out.printf("useLocalTransactionState=%s insert %d, insert and ping %d, procedure that fails %d, "
							+ "rollback after a ping %d%n", local, seen(local, (connection) -> {
								insert(connection);
								connection.commit();
							}), seen(local, (connection) -> {
								insert(connection);
								connection.isValid(1);
								connection.commit();
							}), seen(local, (connection) -> {
								try {
									execute(connection, "CALL half()");
								}
								catch (SQLException ex) {
									connection.commit();
								}
							}), seen(local, (connection) -> {
								insert(connection);
								connection.isValid(1);
								connection.rollback();
								execute(connection, "UPDATE line SET id = 2");
								connection.commit();
							}));
				}
			}

		}
	JAVA
	expect <<-'SEEN'
		useLocalTransactionState=false insert 1, insert and ping 1, procedure that fails 1, rollback after a ping 0
		useLocalTransactionState=true insert 1, insert and ping 0, procedure that fails 0, rollback after a ping 1
	SEEN
done
