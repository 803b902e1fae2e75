package io.github.connectionguard.sample;

import java.sql.SQLException;
import java.util.List;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the application's sessions on the server, and does what an administrator or a
 * failover would do to them.
 */
@RestController
@RequestMapping("/sessions")
class SessionController {

	private static final int NO_SUCH_SESSION = 1094; // ER_NO_SUCH_THREAD

	private final JdbcClient jdbc;

	SessionController(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@GetMapping
	List<ServerSession> list() {
		return this.jdbc
			.sql("SELECT id, time FROM information_schema.processlist "
					+ "WHERE db = DATABASE() AND id <> CONNECTION_ID() ORDER BY id")
			.query((row, number) -> new ServerSession(row.getLong("id"), row.getLong("time")))
			.list();
	}

	/**
	 * Kill every session but the one that does it, which is the same throughout.
	 */
	@PostMapping("/kill")
	@Transactional
	String killAll() {
		return "killed: " + list().stream().filter(this::kill).count() + "\n";
	}

	/**
	 * Kill a session, unless it has ended by itself meanwhile.
	 */
	private boolean kill(ServerSession session) {
		try {
			this.jdbc.sql("KILL " + session.id()).update();
			return true;
		}
		catch (UncategorizedSQLException ex) {
			if (ex.getRootCause() instanceof SQLException cause && cause.getErrorCode() == NO_SUCH_SESSION) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * A session on the server.
	 *
	 * @param id its connection id
	 * @param idleSeconds for how long it has been idle
	 */
	record ServerSession(long id, long idleSeconds) {

	}

}
