#!/bin/bash
# HikariCP 7.1.0 with -Dcom.zaxxer.hikari.aliveBypassWindowMs=0, as it is advised to have every borrow validated, does
# not validate a connection that was given back less than a millisecond before: what is compared is whole milliseconds,
# and more than the window. Under load, when the next thread waits for the connection, that is nearly every borrow. Only
# a negative window validates each. Pings counted at the server (MariaDB 11.4.5, by MySQL Connector/J 9.7.0).
#
# Seen, of 1000 borrows:
#   window 0: nothing borrowed within a millisecond was pinged
#   window -1: every borrow was pinged
source "$(dirname "$0")/support.bash"

start_mariadb
with com.mysql:mysql-connector-j:9.7.0 com.zaxxer:HikariCP:7.1.0 org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-nop:2.0.17
run <<-'JAVA'
	import java.sql.*;

	import com.zaxxer.hikari.*;

	public class Finding {

		static final String URL = "jdbc:mysql://127.0.0.1:%s/test?user=root&sslMode=DISABLED"
			.formatted(System.getProperty("port"));

		static final int BORROWS = 1000;

		static long pings(Statement statement) throws SQLException {
			try (ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_admin_commands'")) {
				row.next();
				return row.getLong(2);
			}
		}

		static void borrow(int window, Statement counter) throws SQLException {
			System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", String.valueOf(window));
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl(URL);
			config.setMaximumPoolSize(1);
			try (HikariDataSource pool = new HikariDataSource(config)) {
				Connection connection = pool.getConnection();
				long before = pings(counter);
				int atOnce = 0;
				for (int i = 0; i < BORROWS; i++) {
					long given = System.nanoTime();
					connection.close();
					connection = pool.getConnection();
					if (System.nanoTime() - given < 1_000_000) {
						atOnce++;
					}
				}
				long pings = pings(counter) - before;
				connection.close();
				System.out.printf("window %d: %s%n", window,
						(pings == BORROWS) ? "every borrow was pinged"
								: (atOnce > 0 && pings <= BORROWS - atOnce)
										? "nothing borrowed within a millisecond was pinged"
										: "%d pings, %d within a millisecond".formatted(pings, atOnce));
			}
		}

		public static void main(String[] arguments) throws Exception {
			try (Connection own = DriverManager.getConnection(URL); Statement counter = own.createStatement()) {
				borrow(0, counter);
				borrow(-1, counter);
			}
		}

	}
JAVA
expect <<-'SEEN'
	window 0: nothing borrowed within a millisecond was pinged
	window -1: every borrow was pinged
SEEN
