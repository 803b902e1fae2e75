package io.github.connectionguard.data.matrix;

import java.util.Objects;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * By bare statements of a {@link JdbcTemplate}.
 */
final class TemplateLines implements Lines {

	private final JdbcTemplate jdbc;

	TemplateLines(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public void insert(String name) {
		this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
	}

	@Override
	public long connectionId() {
		return Objects.requireNonNull(this.jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class));
	}

}
