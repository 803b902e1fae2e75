package io.github.connectionguard.neighbours.library;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The rows as a graph, in which a failure is a part of an answer that has the status 200.
 */
@Controller
class LineGraph {

	private final JdbcTemplate jdbc;

	private final TransactionOperations transactions;

	LineGraph(JdbcTemplate jdbc, TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	@QueryMapping
	List<Line> lines() {
		return this.jdbc.query("SELECT id, name FROM line ORDER BY id",
				(row, number) -> new Line(row.getInt("id"), row.getString("name")));
	}

	/**
	 * Load for all rows at once, on other threads, where each load notes that it ran.
	 */
	@BatchMapping(typeName = "Line")
	Mono<Map<Line, Integer>> length(List<Line> lines) {
		return Mono.fromCallable(() -> {
			add("loaded " + lines.size());
			return lines.stream()
				.collect(Collectors.toMap((line) -> line, (line) -> this.jdbc
					.queryForObject("SELECT LENGTH(name) FROM line WHERE id = ?", Integer.class, line.id())));
		}).subscribeOn(Schedulers.boundedElastic());
	}

	@MutationMapping
	String add(@Argument String name) {
		this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
		return name;
	}

	@MutationMapping
	String addAndFail(@Argument String name) {
		add(name);
		throw new IllegalStateException("after the write");
	}

	@MutationMapping
	String addAndFailInTransaction(@Argument String name) {
		return this.transactions.execute((status) -> addAndFail(name));
	}

	@MutationMapping
	Callable<String> addElsewhere(@Argument String name) {
		return () -> add(name);
	}

	/**
	 * A row.
	 *
	 * @param id its key
	 * @param name its name
	 */
	record Line(int id, String name) {

	}

}
