package io.github.connectionguard.sample;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Ends the server's session behind the connection that a request works on.
 */
@Component
class SessionKill {

	private final JdbcTemplate jdbc;

	private final DataSource dataSource;

	SessionKill(JdbcTemplate jdbc, DataSource dataSource) {
		this.jdbc = jdbc;
		this.dataSource = dataSource;
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
	 * Kill a session over another connection.
	 */
	void of(long id) {
		try (Connection other = this.dataSource.getConnection(); Statement statement = other.createStatement()) {
			statement.execute("KILL " + id);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
