package io.github.connectionguard.data.matrix;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;

/**
 * Somebody else at the application's database, who sees what is committed.
 */
final class DatabaseObserver implements AutoCloseable {

	private static final Pattern OPEN_TRANSACTION = Pattern.compile("(?m)^---TRANSACTION .*, ACTIVE.*$");

	private final Connection connection;

	private DatabaseObserver(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Log in, and create the table.
	 */
	static DatabaseObserver of(TestServer server, String database) throws SQLException {
		DatabaseObserver client = new DatabaseObserver(server.connect(database));
		client.execute("CREATE TABLE line (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))");
		client.execute("SET SESSION innodb_lock_wait_timeout = 2");
		return client;
	}

	List<String> rows() throws SQLException {
		return select("SELECT name FROM line ORDER BY id", 1);
	}

	void deleteRows() throws SQLException {
		execute("DELETE FROM line");
	}

	/**
	 * Return the transactions that are open on the server. {@code innodb_trx} shows a
	 * copy that is not refreshed while somebody keeps looking at it.
	 */
	List<String> openTransactions() throws SQLException {
		String status = select("SHOW ENGINE INNODB STATUS", 3).get(0);
		return OPEN_TRANSACTION.matcher(status).results().map(MatchResult::group).toList();
	}

	/**
	 * Kill a session, and wait until the server is done with it.
	 */
	void kill(long id) {
		try {
			execute("KILL " + id);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> select("SELECT id FROM information_schema.processlist WHERE id = " + id, 1).isEmpty());
	}

	private List<String> select(String sql, int column) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			List<String> values = new ArrayList<>();
			while (rows.next()) {
				values.add(rows.getString(column));
			}
			return values;
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
