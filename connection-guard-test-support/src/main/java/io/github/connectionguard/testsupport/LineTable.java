package io.github.connectionguard.testsupport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A table {@code line}, to which a test writes as it likes. What it holds is asked in a
 * session of its own each time, which sees what is committed.
 */
public final class LineTable {

	private final TestServer server;

	private final String database;

	private LineTable(TestServer server, String database) {
		this.server = server;
		this.database = database;
	}

	/**
	 * Create the table with nothing but a {@code name}, which need not be unique.
	 * @param server the server
	 * @param database a database without such a table
	 * @return the empty table
	 */
	public static LineTable create(TestServer server, String database) {
		return create(server, database, "name VARCHAR(20)");
	}

	/**
	 * Create the table with columns of one's own.
	 * @param server the server
	 * @param database a database without such a table
	 * @param columns the definition of its columns, of which one is called {@code name}
	 * @return the empty table
	 */
	public static LineTable create(TestServer server, String database, String columns) {
		LineTable table = new LineTable(server, database);
		table.execute("CREATE TABLE line (" + columns + ")");
		return table;
	}

	/**
	 * Return the names of all lines.
	 * @return the names, sorted
	 */
	public List<String> names() {
		return names("TRUE");
	}

	/**
	 * Return the names of some lines.
	 * @param condition which ones, as after {@code WHERE}
	 * @return the names, sorted
	 */
	public List<String> names(String condition) {
		String query = "SELECT name FROM line WHERE " + condition + " ORDER BY name";
		try (Connection connection = this.server.connect(this.database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			List<String> names = new ArrayList<>();
			while (rows.next()) {
				names.add(rows.getString(1));
			}
			return names;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return how many lines there are.
	 * @return the number
	 */
	public int count() {
		return names().size();
	}

	/**
	 * Delete all lines.
	 */
	public void empty() {
		execute("DELETE FROM line");
	}

	private void execute(String sql) {
		try (Connection connection = this.server.connect(this.database);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
