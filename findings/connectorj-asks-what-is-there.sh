#!/bin/bash
# MySQL Connector/J 9.7.0 and 26.10.0, on MariaDB 11.4.5: however small its answer, for each statement the driver asks
# its socket at least twice how much has come, by InputStream.available(): before it sends, to throw away what nobody
# asked for, and after each read. On Java's own sockets each is a system call, so a statement takes four where one
# expects a write and a read: strace counted 4930 times ioctl for 2000 statements. A SocketFactory whose sockets answer
# from a buffer of their own saves them, but has to read ahead into it: the driver reads no more than it is told has
# come, or what it needs next, the four bytes of a header and then the packet. If it is told of nothing, as
# InputStream.available() may, a row takes eight reads, and ten rows 26.
#
# Seen, for each version:
#   a row: asks beyond reads 1.0, at least two asks true, reads if told of nothing 8.0
#   ten rows: asks beyond reads 1.0, at least two asks true, reads if told of nothing 26.0
#   an update: asks beyond reads 1.0, at least two asks true, reads if told of nothing 2.0
source "$(dirname "$0")/support.bash"

start_mariadb
for version in 9.7.0 26.10.0; do
	rm -rf "$work/lib"
	with com.mysql:mysql-connector-j:$version
	mkdir -p "$work/classes"
	cat >"$work/Counting.java" <<-'JAVA'
		import java.io.*;
		import java.net.Socket;

		import com.mysql.cj.conf.PropertySet;
		import com.mysql.cj.protocol.StandardSocketFactory;

		/** Makes sockets that count what their input is asked. */
		public class Counting extends StandardSocketFactory {

			public static int reads;

			public static int asks;

			public static boolean silent;

			@Override
			protected Socket createSocket(PropertySet properties) {
				return new Socket() {

					@Override
					public InputStream getInputStream() throws IOException {
						return new FilterInputStream(super.getInputStream()) {

							@Override
							public int read(byte[] bytes, int offset, int length) throws IOException {
								reads++;
								return super.read(bytes, offset, length);
							}

							@Override
							public int available() throws IOException {
								asks++;
								return silent ? 0 : super.available();
							}

						};
					}

				};
			}

		}
	JAVA
	javac -d "$work/classes" -cp "$work/lib/*" "$work/Counting.java"
	jar --create --file "$work/lib/counting.jar" -C "$work/classes" .
	run <<-'JAVA'
		import java.sql.*;

		public class Finding {

			interface Work {

				void run() throws SQLException;

			}

			static void count(String what, Work work) throws SQLException {
				work.run();
				Counting.reads = 0;
				Counting.asks = 0;
				for (int i = 0; i < 100; i++) {
					work.run();
				}
				double beyond = (Counting.asks - Counting.reads) / 100.0;
				boolean two = Counting.asks >= 200;
				Counting.silent = true;
				Counting.reads = 0;
				for (int i = 0; i < 100; i++) {
					work.run();
				}
				Counting.silent = false;
				System.out.printf("%s: asks beyond reads %s, at least two asks %s, reads if told of nothing %s%n", what, beyond,
						two, Counting.reads / 100.0);
			}

			public static void main(String[] arguments) throws SQLException {
				try (Connection connection = DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + System.getProperty("port")
						+ "/test?user=root&sslMode=DISABLED&socketFactory=Counting");
						Statement statement = connection.createStatement()) {
					statement.execute("CREATE OR REPLACE TABLE line (id INT)");
					count("a row", () -> statement.executeQuery("SELECT 1").close());
					count("ten rows", () -> statement.executeQuery("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 "
							+ "UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 "
							+ "UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10").close());
					count("an update", () -> statement.executeUpdate("UPDATE line SET id = 1"));
				}
			}

		}
	JAVA
	expect <<-'SEEN'
		a row: asks beyond reads 1.0, at least two asks true, reads if told of nothing 8.0
		ten rows: asks beyond reads 1.0, at least two asks true, reads if told of nothing 26.0
		an update: asks beyond reads 1.0, at least two asks true, reads if told of nothing 2.0
	SEEN
done
