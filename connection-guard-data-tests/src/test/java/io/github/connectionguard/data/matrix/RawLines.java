package io.github.connectionguard.data.matrix;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * By connections straight from the pool, which are given back.
 */
final class RawLines implements Lines {

	private final DataSource dataSource;

	RawLines(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public void insert(String name) {
		try (Connection connection = this.dataSource.getConnection()) {
			insert(connection, name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public long connectionId() {
		try (Connection connection = this.dataSource.getConnection()) {
			return idOf(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void insert(Connection connection, String name) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO line (name) VALUES (?)")) {
			insert.setString(1, name);
			insert.executeUpdate();
		}
	}

	static long idOf(Connection connection) throws SQLException {
		try (PreparedStatement query = connection.prepareStatement("SELECT CONNECTION_ID()");
				ResultSet id = query.executeQuery()) {
			id.next();
			return id.getLong(1);
		}
	}

}
