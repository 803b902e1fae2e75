package io.github.connectionguard.data.matrix;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * By connections straight from the pool, each left behind in a transaction. For one
 * request at a time.
 */
final class OpenRawLines implements Lines {

	private final DataSource dataSource;

	private volatile @Nullable Connection last;

	OpenRawLines(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public void insert(String name) {
		try {
			Connection connection = this.dataSource.getConnection();
			connection.setAutoCommit(false);
			RawLines.insert(connection, name);
			this.last = connection;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public long connectionId() {
		Connection connection = this.last;
		if (connection == null) {
			throw new IllegalStateException("Nothing was inserted before");
		}
		try {
			return RawLines.idOf(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
