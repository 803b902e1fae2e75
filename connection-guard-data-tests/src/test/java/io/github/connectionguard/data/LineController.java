package io.github.connectionguard.data;

import java.util.HashSet;
import java.util.Set;

import org.jooq.DSLContext;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Writes rows in all ways.
 */
@RestController
class LineController {

	private final DSLContext jooq;

	private final LineMapper mapper;

	private final LineRepository repository;

	private final JdbcTemplate template;

	private final JdbcClient client;

	LineController(DSLContext jooq, LineMapper mapper, LineRepository repository, JdbcTemplate template,
			JdbcClient client) {
		this.jooq = jooq;
		this.mapper = mapper;
		this.repository = repository;
		this.template = template;
		this.client = client;
	}

	@GetMapping("/lines/ok")
	String ok() {
		Set<Object> connections = new HashSet<>();
		this.jooq.execute("INSERT INTO line (name) VALUES ('jOOQ')");
		connections.add(this.jooq.fetchSingle("SELECT CONNECTION_ID()").get(0, Long.class));
		this.mapper.insert("MyBatis");
		connections.add(this.mapper.connection());
		this.repository.insert("Spring Data");
		connections.add(this.repository.connection());
		this.template.update("INSERT INTO line (name) VALUES ('template')");
		connections.add(this.template.queryForObject("SELECT CONNECTION_ID()", Long.class));
		this.client.sql("INSERT INTO line (name) VALUES ('client')").update();
		connections.add(this.client.sql("SELECT CONNECTION_ID()").query(Long.class).single());
		return connections.size() + " connection";
	}

	@GetMapping("/lines/throws")
	String okAndThrow() {
		throw new IllegalStateException("after " + ok());
	}

}
