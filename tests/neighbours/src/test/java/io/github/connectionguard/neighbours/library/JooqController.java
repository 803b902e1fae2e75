package io.github.connectionguard.neighbours.library;

import javax.sql.DataSource;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Transactions that jOOQ runs, by Spring's manager or by itself.
 */
@RestController
@RequestMapping("/jooq")
class JooqController {

	private final DSLContext jooq;

	/**
	 * Without anything of Spring's.
	 */
	private final DSLContext plain;

	JooqController(DSLContext jooq, DataSource dataSource) {
		this.jooq = jooq;
		this.plain = DSL.using(new DataSourceConnectionProvider(dataSource), jooq.dialect());
	}

	@GetMapping("/commit")
	String commit() {
		insert(this.jooq, "before");
		this.jooq.transaction((inner) -> insert(inner.dsl(), "inside"));
		insert(this.jooq, "after");
		return "done";
	}

	@GetMapping("/fail-after")
	String failAfter() {
		this.jooq.transaction((inner) -> insert(inner.dsl(), "inside"));
		throw new IllegalStateException("after the transaction");
	}

	@GetMapping("/fail-between")
	String failBetween() {
		insert(this.jooq, "before");
		throw new IllegalStateException("before any transaction");
	}

	@GetMapping("/rollback")
	String rollback() {
		insert(this.jooq, "before");
		String caught = failing(this.jooq);
		insert(this.jooq, "after");
		return caught;
	}

	@GetMapping("/nested")
	String nested() {
		return this.jooq.transactionResult((outer) -> {
			insert(outer.dsl(), "outer");
			String caught = failing(outer.dsl());
			insert(outer.dsl(), "still outer");
			return caught;
		});
	}

	@GetMapping("/plain")
	String plain() {
		insert(this.plain, "before");
		this.plain.transaction((outer) -> {
			insert(outer.dsl(), "outer");
			failing(outer.dsl());
		});
		String caught = failing(this.plain);
		insert(this.plain, "after");
		return caught;
	}

	@GetMapping("/thread")
	String thread() {
		return this.jooq.transactionResultAsync(new SimpleAsyncTaskExecutor("jooq-"), (inner) -> {
			insert(inner.dsl(), "elsewhere");
			return "done";
		}).toCompletableFuture().join();
	}

	/**
	 * Roll back in a transaction, or to where it began in another one.
	 */
	static String failing(DSLContext jooq) {
		try {
			jooq.transaction((inner) -> {
				insert(inner.dsl(), "undone");
				throw new IllegalStateException("in the transaction");
			});
			return "not undone";
		}
		catch (IllegalStateException ex) {
			return "undone, as it failed " + ex.getMessage();
		}
	}

	static void insert(DSLContext jooq, String name) {
		jooq.execute("INSERT INTO line (name) VALUES (?)", name);
	}

}
