package io.github.connectionguard.requests;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.session.NoSession;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * One handler for each way a request can go.
 */
@RestController
@RequestMapping("/rows")
class RowController {

	private final RowService rows;

	private final JdbcTemplate jdbc;

	private final DataSource dataSource;

	private final DatabaseSessionScope scope;

	private final SessionKill kill;

	private final OtherClient other;

	RowController(RowService rows, JdbcTemplate jdbc, DataSource dataSource, DatabaseSessionScope scope,
			SessionKill kill, OtherClient other) {
		this.rows = rows;
		this.jdbc = jdbc;
		this.dataSource = dataSource;
		this.scope = scope;
		this.kill = kill;
		this.other = other;
	}

	@GetMapping("/none")
	String none() {
		return "no database";
	}

	@GetMapping("/ok")
	String ok() {
		this.rows.bare("a");
		this.rows.bare("b");
		return "ok";
	}

	@GetMapping("/read")
	String read() {
		return String.valueOf(this.jdbc.queryForObject("SELECT COUNT(*) FROM line", Integer.class));
	}

	@GetMapping("/no-table")
	String noTable() {
		return String.valueOf(this.jdbc.queryForObject("SELECT 1", Integer.class));
	}

	@GetMapping("/unchecked")
	String unchecked() {
		this.rows.bare("a");
		throw new IllegalStateException("unchecked");
	}

	@NoSession
	@GetMapping("/opted-out")
	String optedOut() {
		return unchecked();
	}

	@GetMapping("/checked")
	String checked() throws IOException {
		this.rows.bare("a");
		throw new IOException("checked");
	}

	@GetMapping("/handled")
	String handled() throws HandledException {
		this.rows.bare("a");
		throw new HandledException();
	}

	@GetMapping("/returned-400")
	ResponseEntity<String> returned400() {
		this.rows.bare("a");
		return ResponseEntity.badRequest().body("no");
	}

	@GetMapping("/returned-500")
	ResponseEntity<String> returned500() {
		this.rows.bare("a");
		return ResponseEntity.internalServerError().body("no");
	}

	@GetMapping("/rollback-only")
	String rollbackOnly() {
		this.rows.bare("a");
		this.scope.setRollbackOnly();
		this.rows.bare("b");
		return "done";
	}

	@GetMapping("/send-error")
	void sendError(HttpServletResponse response) throws IOException {
		this.rows.bare("a");
		response.sendError(500);
	}

	@GetMapping("/only-transactional")
	String onlyTransactional() {
		this.rows.transactional("a");
		return "ok";
	}

	@GetMapping("/two-transactional")
	String twoTransactional() {
		this.rows.transactional("a");
		this.rows.transactional("b");
		return "ok";
	}

	@GetMapping("/only-transactional-read")
	String onlyTransactionalRead() {
		return String.valueOf(this.rows.count());
	}

	@GetMapping("/only-read-only")
	String onlyReadOnly() {
		return String.valueOf(this.rows.readOnlyCount());
	}

	@GetMapping("/three-read-only")
	String threeReadOnly() {
		return "%d %d %d".formatted(this.rows.readOnlyCount(), this.rows.readOnlyCount(), this.rows.readOnlyCount());
	}

	@GetMapping("/only-read-committed")
	String onlyReadCommitted() {
		return String.valueOf(this.rows.committedCount());
	}

	@GetMapping("/only-executed")
	String onlyExecuted() {
		this.rows.executed("a");
		return "ok";
	}

	@GetMapping("/only-batch")
	String onlyBatch() {
		this.rows.batch("a");
		return "ok";
	}

	@GetMapping("/empty-transaction")
	String emptyTransaction() {
		this.rows.nothing();
		return "ok";
	}

	@GetMapping("/only-supports")
	String onlySupports() {
		return String.valueOf(this.rows.countWithoutTransaction());
	}

	@GetMapping("/two-flushes")
	void twoFlushes(HttpServletResponse response) throws IOException {
		this.rows.bare("a");
		response.getWriter().print("first");
		response.flushBuffer();
		response.getWriter().print("second");
		response.flushBuffer();
	}

	@GetMapping("/transactional-then-bare")
	String transactionalThenBare() {
		this.rows.transactional("transactional");
		this.rows.bare("bare");
		return "ok";
	}

	@GetMapping("/transactional-then-bare-then-throw")
	String transactionalThenBareThenThrow() {
		transactionalThenBare();
		throw new IllegalStateException("after both");
	}

	@GetMapping("/bare-then-transactional")
	String bareThenTransactional() {
		this.rows.bare("bare");
		this.rows.transactional("transactional");
		return "ok";
	}

	@GetMapping("/bare-then-failing")
	String bareThenFailing() {
		this.rows.bare("bare");
		this.rows.failing("failing");
		return "never";
	}

	@GetMapping("/bare-then-caught-then-bare")
	String caught() {
		this.rows.bare("before");
		try {
			this.rows.failing("failing");
		}
		catch (IllegalStateException ex) {
			this.rows.bare("after");
		}
		return "ok";
	}

	@GetMapping("/requires-new-then-throw")
	String requiresNewThenThrow() {
		this.rows.count();
		this.rows.requiresNew("new");
		this.rows.bare("bare");
		throw new IllegalStateException("after both");
	}

	@GetMapping("/read-only")
	String readOnly() {
		read();
		this.rows.readOnly("a");
		return "never";
	}

	@GetMapping("/isolation")
	String isolation() {
		read();
		String inside = this.rows.isolation();
		return inside + " then " + this.jdbc.queryForObject("SELECT @@transaction_isolation", String.class);
	}

	@GetMapping("/fresh-read")
	String freshRead() throws SQLException {
		read();
		try (Connection other = this.dataSource.getConnection()) {
			other.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('other')");
		}
		return String.valueOf(this.rows.count());
	}

	@GetMapping("/leak")
	String leak() throws SQLException {
		this.dataSource.getConnection().createStatement().executeUpdate("INSERT INTO line (name) VALUES ('leaked')");
		return "ok";
	}

	@GetMapping("/raw-open")
	String rawOpen() throws SQLException {
		Connection raw = this.dataSource.getConnection();
		raw.setAutoCommit(false);
		raw.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('raw')");
		return "ok";
	}

	/**
	 * Answers with nothing, which nobody sends before the request is over.
	 */
	@GetMapping("/raw-open-and-killed")
	void rawOpenAndKilled(HttpServletResponse response) throws SQLException {
		Connection raw = this.dataSource.getConnection();
		raw.setAutoCommit(false);
		raw.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('raw')");
		try (ResultSet id = raw.createStatement().executeQuery("SELECT CONNECTION_ID()")) {
			id.next();
			this.kill.of(id.getLong(1));
		}
		response.setStatus(200);
	}

	@GetMapping("/raw-open-then-throw")
	String rawOpenThenThrow() throws SQLException {
		rawOpen();
		throw new IllegalStateException("after the row");
	}

	@GetMapping("/die")
	String die() {
		this.rows.bare("a");
		this.kill.own();
		return "ok, says the handler";
	}

	@GetMapping("/die-then-repeat")
	String dieThenRepeat() {
		try {
			this.rows.dying("first");
		}
		catch (DataAccessException ex) {
			this.rows.transactional("second");
		}
		return "ok";
	}

	@GetMapping("/bare-then-die-then-repeat")
	String bareThenDieThenRepeat() {
		this.rows.bare("bare");
		return dieThenRepeat();
	}

	@GetMapping("/large-then-throw")
	void largeThenThrow(HttpServletResponse response) throws IOException {
		this.rows.bare("a");
		PrintWriter writer = response.getWriter();
		writer.print("x".repeat(100_000));
		throw new IllegalStateException("after the commit");
	}

	@GetMapping("/export")
	void export(HttpServletResponse response) throws IOException {
		PrintWriter writer = response.getWriter();
		RowCallbackHandler export = (row) -> writer.print(row.getString(1));
		this.jdbc.query("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
				+ "SELECT REPEAT('x', 200) FROM n", export);
	}

	@GetMapping("/visible-before-the-first-byte")
	void visible(HttpServletResponse response) throws IOException, SQLException {
		this.rows.bare("a");
		PrintWriter writer = response.getWriter();
		writer.print("first");
		response.flushBuffer();
		try (Connection connection = this.other.connect();
				var count = connection.createStatement().executeQuery("SELECT COUNT(*) FROM line")) {
			count.next();
			writer.print(" then " + count.getInt(1));
		}
	}

	@ExceptionHandler(HandledException.class)
	ResponseEntity<String> handle() {
		return ResponseEntity.status(HttpStatus.CONFLICT).body("handled");
	}

	/**
	 * An exception that becomes a response.
	 */
	static class HandledException extends Exception {

	}

}
