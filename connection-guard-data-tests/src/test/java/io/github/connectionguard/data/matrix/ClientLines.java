package io.github.connectionguard.data.matrix;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * By bare statements of a {@link JdbcClient}.
 */
final class ClientLines implements Lines {

	private final JdbcClient jdbc;

	ClientLines(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public void insert(String name) {
		this.jdbc.sql("INSERT INTO line (name) VALUES (?)").param(name).update();
	}

	@Override
	public long connectionId() {
		return this.jdbc.sql("SELECT CONNECTION_ID()").query(Long.class).single();
	}

}
