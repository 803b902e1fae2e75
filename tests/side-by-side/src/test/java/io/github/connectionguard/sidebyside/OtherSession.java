package io.github.connectionguard.sidebyside;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Another client of the server, with two databases of its own.
 */
final class OtherSession implements AutoCloseable {

	private final TestServer server;

	private final String a;

	private final String b;

	private final Connection connection;

	private final JdbcTemplate jdbc;

	OtherSession(TestServer server) throws SQLException {
		this.server = server;
		this.a = server.createDatabase();
		this.b = server.createDatabase();
		this.connection = server.connect(this.a);
		this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(this.connection, true));
		createTables();
		this.jdbc.execute("SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2");
	}

	private void createTables() {
		for (String database : List.of(this.a, this.b)) {
			this.jdbc.execute("CREATE TABLE " + database
					+ ".line (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) UNIQUE) ENGINE=InnoDB");
			this.jdbc.execute("CREATE PROCEDURE " + database + ".add_line(IN added VARCHAR(100)) "
					+ "BEGIN INSERT INTO " + database + ".line (name) VALUES (added); SELECT 1; END");
			this.jdbc.execute("CREATE FUNCTION " + database + ".added_line(added VARCHAR(100)) RETURNS INT "
					+ "DETERMINISTIC BEGIN INSERT INTO " + database + ".line (name) VALUES (added); RETURN 1; END");
		}
	}

	String a() {
		return this.a;
	}

	String b() {
		return this.b;
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/**
	 * Have both databases empty. Rows that are only deleted would still lock their
	 * neighbourhood when they are inserted again.
	 */
	void reset() {
		for (String database : List.of(this.a, this.b)) {
			if (!names(database).isEmpty()) {
				this.jdbc.execute("TRUNCATE TABLE " + database + ".line");
			}
		}
	}

	/**
	 * Return what is committed in each database.
	 */
	String rows() {
		return "a " + names(this.a) + ", b " + names(this.b);
	}

	private List<String> names(String database) {
		return this.jdbc.queryForList("SELECT name FROM " + database + ".line ORDER BY id", String.class);
	}

	void write(String name) {
		this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
	}

	void rename(String name, String to) {
		this.jdbc.update("UPDATE line SET name = ? WHERE name = ?", to, name);
	}

	/**
	 * Log in once more.
	 */
	Connection connect() throws SQLException {
		return this.server.connect(this.a);
	}

	/**
	 * Kill a session of the application.
	 */
	void kill(long id) {
		this.jdbc.execute("KILL " + id);
	}

	/**
	 * Return a pool to one of the databases, not started.
	 */
	HikariDataSource pool(String database) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(SetUp.POOL.url(this.server, database));
		pool.setUsername(this.server.username());
		pool.setPassword(this.server.password());
		pool.setMaximumPoolSize(Side.POOL_SIZE);
		pool.setConnectionTimeout(Side.CONNECTION_TIMEOUT.toMillis());
		return pool;
	}

	/**
	 * Tell whether somebody's transaction has used the tables and does not end.
	 */
	boolean isKeptWaiting() {
		try {
			this.jdbc.execute("LOCK TABLES " + this.a + ".line WRITE, " + this.b + ".line WRITE");
			return false;
		}
		catch (CannotAcquireLockException ex) {
			return true;
		}
		finally {
			this.jdbc.execute("UNLOCK TABLES");
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
