package io.github.connectionguard.plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;

/**
 * Reads queries, one a line, and prints the first value that each of them finds.
 */
public final class SqlPrompt {

	private SqlPrompt() {
	}

	public static void main(String[] args) throws Exception {
		HikariConfig config = new HikariConfig();
		config.setPoolName("prompt");
		config.setJdbcUrl(args[0]);
		config.setUsername(args[1]);
		config.setPassword(args[2]);
		try (ConnectionGuard guard = ConnectionGuard.builder().listener(System.out::println).build();
				HikariDataSource pool = guard.guard(config)) {
			prompt(pool);
		}
	}

	private static void prompt(HikariDataSource pool) throws IOException {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String query = in.readLine(); query != null; query = in.readLine()) {
			System.out.println("> " + answer(pool, query));
		}
	}

	private static String answer(HikariDataSource pool, String query) {
		try (Connection connection = pool.getConnection();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			return result.next() ? result.getString(1) : "nothing";
		}
		catch (SQLException ex) {
			return ex.toString();
		}
	}

}
