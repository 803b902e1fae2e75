package io.github.connectionguard.neighbours.jpa;

import java.sql.Connection;
import java.util.function.Consumer;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hibernate's stateless sessions, which write at once and of which Spring knows nothing.
 */
@RestController
@RequestMapping("/stateless")
class StatelessController {

	private final SessionFactory sessions;

	private final DataSource dataSource;

	StatelessController(EntityManagerFactory factory, DataSource dataSource) {
		this.sessions = factory.unwrap(SessionFactory.class);
		this.dataSource = dataSource;
	}

	@GetMapping("/bare")
	String bare() {
		insertIn(this.sessions.openStatelessSession(), "bare");
		return "done";
	}

	@GetMapping("/fail-bare")
	String failBare() {
		bare();
		throw new IllegalStateException("after the write");
	}

	@GetMapping("/commit")
	String commit() {
		this.sessions.inStatelessTransaction(insert("committed"));
		return "done";
	}

	@GetMapping("/fail-after")
	String failAfter() {
		commit();
		throw new IllegalStateException("after the transaction");
	}

	@GetMapping("/rollback")
	String rollback() {
		this.sessions.inStatelessTransaction((session) -> {
			insert("undone").accept(session);
			throw new IllegalStateException("in the transaction");
		});
		return "not undone";
	}

	/**
	 * Use the connection of Spring's transaction.
	 */
	@Transactional
	@GetMapping("/joined-rollback")
	String joinedRollback() {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		insertIn(this.sessions.openStatelessSession(connection), "undone with the transaction");
		throw new IllegalStateException("in the transaction");
	}

	/**
	 * Use a connection of its own in the midst of Spring's transaction.
	 */
	@Transactional
	@GetMapping("/beside-rollback")
	String besideRollback() {
		commit();
		throw new IllegalStateException("in the transaction");
	}

	private static void insertIn(StatelessSession session, String name) {
		try (session) {
			insert(name).accept(session);
		}
	}

	private static Consumer<StatelessSession> insert(String name) {
		return (session) -> {
			Author author = new Author();
			author.setName(name);
			session.insert(author);
		};
	}

}
