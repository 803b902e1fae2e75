package io.github.connectionguard.data.matrix;

import org.springframework.data.jdbc.core.JdbcAggregateOperations;

/**
 * By {@link JdbcAggregateOperations}, which has no transactions of its own.
 */
final class AggregateLines implements Lines {

	private final JdbcAggregateOperations operations;

	private final JdbcLineRepository repository;

	AggregateLines(JdbcAggregateOperations operations, JdbcLineRepository repository) {
		this.operations = operations;
		this.repository = repository;
	}

	@Override
	public void insert(String name) {
		this.operations.insert(new JdbcLine(null, name));
	}

	@Override
	public long connectionId() {
		return this.repository.connectionId();
	}

}
