package io.github.connectionguard.transactional;

import java.util.List;
import java.util.StringJoiner;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.sidebyside.RequestStep;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A request as its handler sees it: the application, and a transcript of what is to be
 * seen from within. Used by one thread at a time.
 */
final class TransactionalRequest {

	private final ApplicationContext application;

	private final JdbcTemplate others;

	private final List<String> transcript;

	private final TransactionalServices services;

	private final JdbcTemplate jdbc;

	TransactionalRequest(ApplicationContext application, JdbcTemplate others, List<String> transcript) {
		this.application = application;
		this.others = others;
		this.transcript = transcript;
		this.services = application.getBean(TransactionalServices.class);
		this.jdbc = application.getBean(JdbcTemplate.class);
	}

	ApplicationContext application() {
		return this.application;
	}

	TransactionalServices services() {
		return this.services;
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/**
	 * Return what is not the application, but on the same server.
	 */
	JdbcTemplate others() {
		return this.others;
	}

	void call(Propagation propagation, RequestStep step) throws Exception {
		TransactionalServices.call(this.services, propagation, step);
	}

	void write(String name) {
		this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
	}

	void tell(String line) {
		this.transcript.add(line);
	}

	/**
	 * Tell the value of an expression, as the server sees it.
	 */
	void tellValue(String expression) {
		tell(expression + " " + this.jdbc.queryForObject("SELECT " + expression, String.class));
	}

	/**
	 * Tell what is committed.
	 */
	void tellRows() {
		tell("others see " + committed("line"));
	}

	List<@Nullable String> committed(String table) {
		return rows(this.others, table);
	}

	static List<@Nullable String> rows(JdbcTemplate jdbc, String table) {
		return jdbc.queryForList("SELECT name FROM " + table + " ORDER BY name", String.class);
	}

	/**
	 * Tell how many connections are lent.
	 */
	void tellConnections() {
		HikariDataSource pool = this.application.getBean(HikariDataSource.class);
		tell("connections in use: " + pool.getHikariPoolMXBean().getActiveConnections());
	}

	/**
	 * Run a step and tell how it ended.
	 */
	void attempt(String who, RequestStep step) {
		tell(step.outcome(who));
	}

	/**
	 * Tell all there is to know of the transaction the thread is in.
	 */
	void tellTransaction(String who) {
		StringJoiner line = new StringJoiner(", ", who + ": ", "");
		line.add(TransactionSynchronizationManager.isActualTransactionActive() ? "transaction" : "no transaction");
		addName(line, TransactionSynchronizationManager.getCurrentTransactionName());
		add(line, TransactionSynchronizationManager.isSynchronizationActive(), "synchronized");
		add(line, TransactionSynchronizationManager.isCurrentTransactionReadOnly(), "read-only");
		Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
		add(line, isolation != null, "isolation " + isolation);
		addStatus(line, status());
		tell(line.toString());
	}

	private static @Nullable TransactionStatus status() {
		try {
			return TransactionAspectSupport.currentTransactionStatus();
		}
		catch (NoTransactionException ex) {
			return null;
		}
	}

	private static void addStatus(StringJoiner line, @Nullable TransactionStatus status) {
		if (status instanceof DefaultTransactionStatus known) {
			add(line, known.isNewTransaction(), "new");
			add(line, known.hasSavepoint(), "savepoint");
			add(line, known.isRollbackOnly(), "rollback-only");
			add(line, known.isCompleted(), "completed");
			add(line, known.isNewSynchronization(), "synchronization of its own");
		}
	}

	private static void addName(StringJoiner line, @Nullable String name) {
		if (name != null) {
			line.add("'" + name.substring(name.lastIndexOf('.') + 1) + "'");
		}
	}

	private static void add(StringJoiner line, boolean holds, String word) {
		if (holds) {
			line.add(word);
		}
	}

}
