package io.github.connectionguard.requests;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Ends the server's session behind the connection that a request works on.
 */
@Component
class SessionKill {

	private final JdbcTemplate jdbc;

	private final OtherClient other;

	SessionKill(JdbcTemplate jdbc, OtherClient other) {
		this.jdbc = jdbc;
		this.other = other;
	}

	/**
	 * Kill the session of the current unit or transaction.
	 */
	void own() {
		of(ownId());
	}

	/**
	 * Return the id of the session of the current unit or transaction.
	 */
	long ownId() {
		Long id = this.jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class);
		return (id != null) ? id : 0;
	}

	/**
	 * Kill a session over a connection past the pool.
	 */
	void of(long id) {
		try (Connection connection = this.other.connect(); Statement statement = connection.createStatement()) {
			statement.execute("KILL " + id);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
