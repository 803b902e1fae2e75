package io.github.connectionguard.requests;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Services with transactions of their own.
 */
@Component
class RowService {

	private final JdbcTemplate jdbc;

	RowService(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	void bare(String name) {
		this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
	}

	@Transactional
	void transactional(String name) {
		bare(name);
	}

	@Transactional
	void transactionally(Runnable work) {
		work.run();
	}

	@Transactional
	void nothing() {
	}

	@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
	int countWithoutTransaction() {
		return count();
	}

	@Transactional
	void failing(String name) {
		bare(name);
		throw new IllegalStateException("in the service");
	}

	@Transactional
	void dying(String name) {
		bare(name);
		Long id = this.jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class);
		this.jdbc.execute("KILL " + id);
		bare(name);
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	void requiresNew(String name) {
		bare(name);
	}

	@Transactional(readOnly = true)
	void readOnly(String name) {
		bare(name);
	}

	@Transactional(readOnly = true)
	int readOnlyCount() {
		return count();
	}

	@Transactional(isolation = Isolation.READ_COMMITTED)
	int committedCount() {
		return count();
	}

	@Transactional
	void executed(String name) {
		this.jdbc.execute("INSERT INTO line (name) VALUES ('" + name + "')");
	}

	@Transactional
	void batch(String name) {
		this.jdbc.execute("INSERT INTO line (name) VALUES (?)", (PreparedStatementCallback<int[]>) (statement) -> {
			statement.setString(1, name);
			statement.addBatch();
			return statement.executeBatch();
		});
	}

	@Transactional(timeout = 60)
	void slow() {
		count();
		this.jdbc.queryForObject("SELECT SLEEP(1.5)", Integer.class);
		bare("slow");
	}

	@Transactional(isolation = Isolation.SERIALIZABLE)
	String isolation() {
		return String.valueOf(this.jdbc.queryForObject("SELECT @@transaction_isolation", String.class));
	}

	@Transactional
	int count() {
		Integer count = this.jdbc.queryForObject("SELECT COUNT(*) FROM line", Integer.class);
		return (count != null) ? count : 0;
	}

}
