package io.github.connectionguard.requests;

import java.util.concurrent.Callable;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.session.DatabaseSession;
import io.github.connectionguard.session.NoSession;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers that say how their session uses the database.
 */
@RestController
@RequestMapping("/attributes")
@DatabaseSession(readOnly = true)
class AttributeController {

	private final RowService rows;

	private final JdbcTemplate jdbc;

	private final HikariDataSource pool;

	AttributeController(RowService rows, JdbcTemplate jdbc, HikariDataSource pool) {
		this.rows = rows;
		this.jdbc = jdbc;
		this.pool = pool;
	}

	@GetMapping("/class-read")
	String classRead() {
		return read();
	}

	@GetMapping("/class-write")
	String classWrite() {
		this.rows.bare("a");
		return "never";
	}

	@GetMapping("/class-transactional-write")
	String classTransactionalWrite() {
		this.rows.transactional("a");
		return "never";
	}

	@GetMapping("/class-write-after-a-transaction")
	String classWriteAfterATransaction() {
		this.rows.readOnlyCount();
		this.rows.bare("a");
		return "never";
	}

	@GetMapping("/class-callable")
	Callable<String> classCallable() {
		return this::classWrite;
	}

	@GetMapping("/method-write")
	@DatabaseSession
	String methodWrite() {
		this.rows.bare("a");
		return "ok";
	}

	@GetMapping("/method-throws")
	@DatabaseSession
	String methodThrows() {
		this.rows.bare("a");
		throw new IllegalStateException("after the row");
	}

	@GetMapping("/method-opts-out")
	@NoSession
	String methodOptsOut() {
		this.rows.bare("a");
		throw new IllegalStateException("after the row");
	}

	@GetMapping("/isolation")
	@DatabaseSession(isolation = Isolation.READ_COMMITTED)
	String isolation() {
		String before = currentIsolation();
		return before + " then " + this.rows.isolation() + " then " + currentIsolation();
	}

	@GetMapping("/isolation-unused")
	@DatabaseSession(isolation = Isolation.READ_COMMITTED, readOnly = true, timeout = 5)
	String isolationUnused() {
		return String.valueOf(this.pool.getHikariPoolMXBean().getActiveConnections());
	}

	@GetMapping("/default")
	@DatabaseSession
	String defaults() {
		return currentIsolation() + " and " + read();
	}

	@GetMapping("/timeout")
	@DatabaseSession(timeout = 1)
	String timeout() {
		this.rows.bare("a");
		this.jdbc.queryForObject("SELECT SLEEP(1.5)", Integer.class);
		this.rows.bare("b");
		return "never";
	}

	@GetMapping("/timeout-across-transactions")
	@DatabaseSession(timeout = 1)
	String timeoutAcrossTransactions() {
		this.rows.bare("a");
		this.rows.count();
		this.jdbc.queryForObject("SELECT SLEEP(1.5)", Integer.class);
		this.rows.bare("b");
		return "never";
	}

	@GetMapping("/timeout-in-a-transaction")
	@DatabaseSession(timeout = 1)
	String timeoutInATransaction() {
		this.rows.slow();
		return "never";
	}

	private String read() {
		return "read-only " + this.jdbc.queryForObject("SELECT @@session.transaction_read_only", Integer.class);
	}

	private String currentIsolation() {
		return String.valueOf(this.jdbc.queryForObject("SELECT @@transaction_isolation", String.class));
	}

}
