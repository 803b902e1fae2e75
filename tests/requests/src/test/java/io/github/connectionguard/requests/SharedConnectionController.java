package io.github.connectionguard.requests;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers that share their connection with libraries and services of all kinds.
 */
@RestController
@RequestMapping("/shared")
class SharedConnectionController {

	private final RowService rows;

	private final JdbcTemplate jdbc;

	private final HikariDataSource dataSource;

	private final SessionKill kill;

	SharedConnectionController(RowService rows, JdbcTemplate jdbc, HikariDataSource dataSource, SessionKill kill) {
		this.rows = rows;
		this.jdbc = jdbc;
		this.dataSource = dataSource;
		this.kill = kill;
	}

	@GetMapping("/read")
	String read() {
		this.rows.count();
		this.jdbc.queryForObject("SELECT COUNT(*) FROM line", Integer.class);
		return "in use: " + this.dataSource.getHikariPoolMXBean().getActiveConnections();
	}

	@GetMapping("/read-of-another")
	String readOfAnother() throws SQLException {
		this.jdbc.queryForObject("SELECT COUNT(*) FROM line", Integer.class);
		try (Connection other = this.dataSource.getConnection()) {
			other.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('other')");
		}
		return String.valueOf(this.jdbc.queryForObject("SELECT COUNT(*) FROM line", Integer.class));
	}

	@GetMapping("/library-rolls-back")
	String libraryRollsBack() {
		this.rows.bare("before");
		String modes = execute((connection) -> {
			boolean first = connection.getAutoCommit();
			connection.setAutoCommit(false);
			insert(connection, "library");
			boolean second = connection.getAutoCommit();
			connection.rollback();
			insert(connection, "library again");
			connection.rollback();
			connection.setAutoCommit(true);
			return first + " " + second + " " + connection.getAutoCommit();
		});
		this.rows.bare("after");
		return modes;
	}

	@GetMapping("/library-commits")
	String libraryCommits() {
		this.rows.bare("before");
		execute((connection) -> {
			connection.setAutoCommit(false);
			insert(connection, "library");
			connection.commit();
			connection.setAutoCommit(true);
			return "";
		});
		this.rows.bare("after");
		throw new IllegalStateException("after the library");
	}

	@GetMapping("/library-ends-by-the-mode")
	String libraryEndsByTheMode() {
		execute((connection) -> {
			connection.setAutoCommit(false);
			insert(connection, "library");
			connection.setAutoCommit(true);
			return "";
		});
		throw new IllegalStateException("after the library");
	}

	@GetMapping("/library-forgets")
	String libraryForgets() {
		this.rows.bare("before");
		execute((connection) -> {
			connection.setAutoCommit(false);
			insert(connection, "library");
			return "";
		});
		this.rows.bare("after");
		return execute((connection) -> String.valueOf(connection.getAutoCommit()));
	}

	@GetMapping("/library-sets-the-mode-it-is-in")
	String librarySetsTheModeItIsIn() {
		this.rows.bare("before");
		execute((connection) -> {
			connection.setAutoCommit(true);
			insert(connection, "library");
			return "";
		});
		return "ok";
	}

	@GetMapping("/library-closes")
	String libraryCloses() throws SQLException {
		this.rows.bare("before");
		DataSource source = this.dataSource;
		try (Connection connection = DataSourceUtils.getConnection(source)) {
			insert(connection, "library");
		}
		this.rows.bare("after");
		return "ok";
	}

	@GetMapping("/call-then-die")
	String callThenDie() {
		this.jdbc.queryForObject("CALL add_line('called')", Integer.class);
		try {
			this.kill.own();
			this.jdbc.queryForObject("SELECT COUNT(*) FROM line", Integer.class);
		}
		catch (DataAccessException | IllegalStateException ex) {
			this.rows.transactional("transactional");
		}
		return "ok";
	}

	@GetMapping("/call-then-failing-then-throw")
	String callThenFailingThenThrow() {
		this.jdbc.queryForObject("CALL add_line('called')", Integer.class);
		try {
			this.rows.failing("failing");
		}
		catch (IllegalStateException ex) {
			this.rows.bare("after");
		}
		throw new IllegalStateException("after both");
	}

	@GetMapping("/failure-that-is-told")
	String failureThatIsTold() throws ToldException {
		this.rows.bare("half");
		throw new ToldException();
	}

	@ExceptionHandler(ToldException.class)
	ResponseEntity<String> handle() {
		this.rows.requiresNew("error");
		return ResponseEntity.status(HttpStatus.CONFLICT).body("told");
	}

	private String execute(ConnectionCallback<String> library) {
		return String.valueOf(this.jdbc.execute(library));
	}

	private static void insert(Connection connection, String name) throws SQLException {
		connection.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('" + name + "')");
	}

	/**
	 * A failure that is written down.
	 */
	static class ToldException extends Exception {

	}

}
