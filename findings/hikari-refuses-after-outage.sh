#!/bin/bash
# For up to 5 s after an outage, HikariCP 7.0.2 fails requests that came when every plain login to the server already
# succeeded, if their connectionTimeout is shorter than that. After each login that fails, the one thread that connects
# for a pool sleeps, 10 ms at first and twice as long each time up to 5 s, and a new request does not wake it. Five
# seconds of outage are enough to get there, and each pool comes back at its own time. The exception has the login
# failure of the outage as its cause, so it reads as if the server still refused.
#
# Seen with a connectionTimeout of 1 s and a locked account on MariaDB 11.4.5 in place of an outage, by MariaDB
# Connector/J 3.5.10; once the account is open and a plain login has succeeded, requests are made one after the other
#   after 3 refused logins: new requests time out false, all well within 6 s true
#   after 10 refused logins: new requests time out true, all well within 6 s true
# With 10 refused logins, 4 requests timed out and the next was served 5.0 s after the plain login.
source "$(dirname "$0")/support.bash"

start_mariadb
with org.mariadb.jdbc:mariadb-java-client:3.5.10 com.zaxxer:HikariCP:7.0.2 org.slf4j:slf4j-api:2.0.17 \
	org.slf4j:slf4j-nop:2.0.17
run <<-'JAVA'
	import java.sql.*;

	import com.zaxxer.hikari.*;

	public class Finding {

		static Connection connect(String user) throws SQLException {
			return DriverManager.getConnection(url(user));
		}

		static String url(String user) {
			return "jdbc:mariadb://127.0.0.1:" + System.getProperty("port") + "/test?sslMode=disable&user=" + user;
		}

		static long logins(Statement on) throws SQLException {
			try (ResultSet row = on.executeQuery("SHOW GLOBAL STATUS LIKE 'Connections'")) {
				row.next();
				return row.getLong(2);
			}
		}

		static HikariConfig config() {
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl(url("app"));
			config.setInitializationFailTimeout(-1);
			config.setConnectionTimeout(1000);
			return config;
		}

		static boolean served(HikariDataSource pool) {
			try (Connection connection = pool.getConnection()) {
				return true;
			}
			catch (SQLException ex) {
				return false;
			}
		}

		static void outage(Statement root, int refusals) throws Exception {
			root.execute("ALTER USER app@127.0.0.1 ACCOUNT LOCK");
			long end = logins(root) + refusals;
			try (HikariDataSource pool = new HikariDataSource(config())) {
				while (logins(root) < end) {
					Thread.sleep(10);
				}
				root.execute("ALTER USER app@127.0.0.1 ACCOUNT UNLOCK");
				connect("app").close();
				long back = System.nanoTime();
				int late = 0;
				while (!served(pool)) {
					late++;
				}
				boolean soon = System.nanoTime() - back < 6_000_000_000L;
				System.out.printf("after %d refused logins: new requests time out %s, all well within 6 s %s%n", refusals,
						late > 0, soon);
			}
		}

		public static void main(String[] arguments) throws Exception {
			try (Connection connection = connect("root"); Statement root = connection.createStatement()) {
				root.execute("CREATE USER app@127.0.0.1");
				root.execute("GRANT ALL ON test.* TO app@127.0.0.1");
				outage(root, 3);
				outage(root, 10);
			}
		}

	}
JAVA
expect <<-'SEEN'
	after 3 refused logins: new requests time out false, all well within 6 s true
	after 10 refused logins: new requests time out true, all well within 6 s true
SEEN
