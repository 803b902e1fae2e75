package io.github.connectionguard.unit;

import javax.sql.DataSource;

import org.springframework.core.InfrastructureProxy;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Connections that are borrowed at their first statement. Resources bound for this data
 * source are found under the one it wraps.
 */
final class LazyConnections extends LazyConnectionDataSourceProxy implements InfrastructureProxy {

	private final DataSource dataSource;

	LazyConnections(DataSource dataSource, boolean autoCommit) {
		super(dataSource);
		this.dataSource = dataSource;
		setDefaultAutoCommit(autoCommit);
	}

	/**
	 * Learn nothing by borrowing: the database may be down, and the isolation level is
	 * not to be guessed.
	 */
	@Override
	public void checkDefaultConnectionProperties() {
	}

	@Override
	public Object getWrappedObject() {
		return this.dataSource;
	}

}
