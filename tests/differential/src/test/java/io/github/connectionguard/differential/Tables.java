package io.github.connectionguard.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

import io.github.connectionguard.differential.Observation.State;
import io.github.connectionguard.testsupport.TestServer;

/**
 * The tables and procedures of one side, and a second connection to them.
 */
final class Tables implements AutoCloseable {

	private static final List<String> SCHEMA = List.of(
			"CREATE TABLE {db}.line (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))",
			"CREATE TABLE {other}.line (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))",
			"CREATE TABLE {db}.aside (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))",
			"CREATE PROCEDURE {db}.insert_and_fail() BEGIN INSERT INTO line (name) VALUES ('p'); "
					+ "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'half way'; END",
			"CREATE PROCEDURE {db}.insert_and_commit() BEGIN INSERT INTO line (name) VALUES ('p'); COMMIT; END",
			"CREATE PROCEDURE {db}.insert_and_roll_back() BEGIN INSERT INTO line (name) VALUES ('p'); ROLLBACK; END",
			"CREATE PROCEDURE {db}.begin_and_insert() BEGIN START TRANSACTION; "
					+ "INSERT INTO line (name) VALUES ('p'); END",
			"CREATE PROCEDURE {db}.begin_insert_and_fail() BEGIN START TRANSACTION; "
					+ "INSERT INTO line (name) VALUES ('p'); SIGNAL SQLSTATE '45000'; END",
			"CREATE PROCEDURE {db}.switch_off() BEGIN SET autocommit = 0; INSERT INTO line (name) VALUES ('p'); END",
			"CREATE PROCEDURE {db}.switch_on() BEGIN SET autocommit = 1; INSERT INTO line (name) VALUES ('p'); END",
			"CREATE PROCEDURE {db}.switch_off_and_fail() BEGIN SET autocommit = 0; "
					+ "INSERT INTO line (name) VALUES ('p'); SIGNAL SQLSTATE '45000'; END",
			"CREATE PROCEDURE {db}.results() BEGIN INSERT INTO line (name) VALUES ('p'); "
					+ "SELECT name FROM line ORDER BY id; SELECT 2; END",
			"CREATE PROCEDURE {db}.result_and_fail() BEGIN INSERT INTO line (name) VALUES ('p'); SELECT 1; "
					+ "SIGNAL SQLSTATE '45000'; END",
			"CREATE PROCEDURE {db}.swap(IN a INT, INOUT b INT, OUT c VARCHAR(20)) BEGIN "
					+ "SET c = CONCAT('c', b); SET b = a; INSERT INTO line (name) VALUES (c); END",
			"CREATE PROCEDURE {db}.only_read() BEGIN SET SESSION TRANSACTION READ ONLY; SELECT 1; END",
			"CREATE PROCEDURE {db}.read_what_is_committed() BEGIN "
					+ "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT name FROM line; END",
			"CREATE FUNCTION {db}.twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2");

	private static final String LOOK = "SELECT id, name FROM {db}.line "
			+ "UNION ALL SELECT id, CONCAT(name, ' elsewhere') FROM {other}.line ORDER BY id, name; "
			+ "SELECT id, '' FROM {db}.line FOR UPDATE SKIP LOCKED";

	private static final List<String> FILL = List.of("BEGIN", "DELETE FROM {db}.line", "DELETE FROM {other}.line",
			"DELETE FROM {db}.aside", "INSERT INTO {db}.line VALUES ({1}, 'a'), ({2}, 'b'), ({3}, 'c')",
			"INSERT INTO {other}.line VALUES ({990}, 'o')", "INSERT INTO {db}.aside VALUES ({1}, 'o')", "COMMIT");

	private static final Pattern ROW = Pattern.compile("\\{(\\d+)\\}");

	/**
	 * What drivers name by number: objects, prepared statements, savepoints, sessions.
	 */
	private static final Pattern NAME = Pattern
		.compile("(?<=@)[0-9a-f]{5,}|(?<=Statement\\[)\\d+|\\w{8}(_\\w{4}){3}_\\w{12}"
				+ "|(?<=conn=)\\d+|\\d+(?= milliseconds)");

	private final String database;

	private final String other;

	private final Connection connection;

	private int firstRow = 1;

	/**
	 * Create the tables.
	 */
	Tables(TestServer server) throws SQLException {
		this.database = server.createDatabase();
		this.other = server.createDatabase();
		this.connection = DriverManager.getConnection(
				server.jdbcUrl(this.database) + "&allowMultiQueries=true&socketTimeout=10000", server.username(),
				server.password());
		execute(List.of("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
				"SET SESSION innodb_lock_wait_timeout = 1, lock_wait_timeout = 1"));
		execute(SCHEMA);
	}

	String database() {
		return this.database;
	}

	/**
	 * Put three rows into the table, the first of which has a number that was never used.
	 */
	void fill(int number) throws SQLException {
		this.firstRow = number;
		execute(List.of("DROP TABLE IF EXISTS {db}.extra"));
		execute(List.of(String.join("; ", FILL)));
	}

	/**
	 * Add what others see: all rows that are committed, and which of them nobody has
	 * locked.
	 */
	Observation look(String outcome, State state, String autoCommit) throws SQLException {
		List<String> seen = new ArrayList<>();
		try (Statement statement = this.connection.createStatement()) {
			boolean more = statement.execute(sql(LOOK));
			while (more) {
				seen.add(rows(statement.getResultSet()));
				more = statement.getMoreResults();
			}
		}
		return new Observation(outcome, state, autoCommit, seen.get(0), seen.get(1));
	}

	private String rows(ResultSet rows) throws SQLException {
		StringJoiner told = new StringJoiner(" ");
		while (rows.next()) {
			told.add((rows.getInt(1) - this.firstRow + 1) + rows.getString(2));
		}
		return told.toString();
	}

	void insertByOthers() throws SQLException {
		execute(List.of("INSERT INTO {db}.aside (name) VALUES ('x')"));
	}

	private void execute(List<String> templates) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			for (String template : templates) {
				statement.execute(sql(template));
			}
		}
	}

	/**
	 * Put in the names and numbers that are this side's.
	 */
	String sql(String template) {
		String sql = template.replace("{db}", this.database).replace("{other}", this.other);
		return ROW.matcher(sql)
			.replaceAll((number) -> String.valueOf(this.firstRow + Integer.parseInt(number.group(1)) - 1));
	}

	/**
	 * Take out the names that are this side's.
	 */
	String withoutNames(String outcome) {
		String known = outcome.replaceAll(this.database + "(?!\\d)", "{db}")
			.replaceAll(this.other + "(?!\\d)", "{other}");
		return NAME.matcher(known).replaceAll("*");
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
