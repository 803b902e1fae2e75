package io.github.connectionguard.benchmarks.scale;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import io.github.connectionguard.testsupport.TestServer;

/**
 * The one server of a fleet, with an account for the fleet alone whose logins it counts.
 */
final class FleetServer implements AutoCloseable {

	private static final String USER = "fleet";

	private static final String PASSWORD = "fleet";

	private final TestServer server;

	private Connection observer;

	/**
	 * Start the server.
	 * @param connections how many the fleet has. There is room for as many again, as a
	 * rolling deployment needs
	 */
	FleetServer(int connections) throws SQLException {
		this.server = TestServer.start("--performance-schema=ON", "--max-connections=" + 2 * connections);
		this.server.execute("CREATE USER %s IDENTIFIED BY '%s'".formatted(USER, PASSWORD));
		this.server.execute("GRANT SELECT ON performance_schema.* TO " + USER);
		this.observer = this.server.connect("");
	}

	String url() {
		return this.server.jdbcUrl("");
	}

	String username() {
		return USER;
	}

	String password() {
		return PASSWORD;
	}

	/**
	 * Return how often the fleet has logged in since the start of the server.
	 */
	long logins() throws SQLException {
		return ask("SELECT TOTAL_CONNECTIONS FROM performance_schema.users WHERE USER = ?", USER, 1);
	}

	/**
	 * Return how many sessions the fleet has.
	 */
	long connected() throws SQLException {
		return ask("SELECT CURRENT_CONNECTIONS FROM performance_schema.users WHERE USER = ?", USER, 1);
	}

	/**
	 * Return how many logins the server knows of that came to no end, for whatever
	 * reason.
	 */
	long interrupted() throws SQLException {
		return status("Aborted_connects");
	}

	/**
	 * Return how often somebody found no place.
	 */
	long turnedAway() throws SQLException {
		return status("Connection_errors_max_connections");
	}

	private long status(String name) throws SQLException {
		return ask("SHOW GLOBAL STATUS WHERE Variable_name = ?", name, 2);
	}

	private long ask(String query, String argument, int column) throws SQLException {
		try (PreparedStatement statement = this.observer.prepareStatement(query)) {
			statement.setString(1, argument);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getLong(column) : 0;
			}
		}
	}

	/**
	 * Be away for a time, and return when somebody is let in.
	 */
	void restart(Duration away) throws SQLException, InterruptedException {
		this.server.stop();
		Thread.sleep(away.toMillis());
		this.server.startAgain();
		this.observer = this.server.connect("");
	}

	/**
	 * Stand still for a time.
	 */
	void freeze(Duration time) throws InterruptedException {
		this.server.freeze();
		Thread.sleep(time.toMillis());
		this.server.thaw();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
