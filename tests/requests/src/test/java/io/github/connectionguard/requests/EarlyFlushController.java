package io.github.connectionguard.requests;

import java.io.IOException;
import java.io.UncheckedIOException;

import javax.sql.DataSource;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers that send a part of their response in the middle of a transaction, or of a
 * result that is read row by row. They write the rows {@code before}, {@code inside} and
 * {@code after}, and fail where they are told to.
 */
@RestController
@RequestMapping("/early-flush")
class EarlyFlushController {

	private final RowService rows;

	private final JdbcTemplate rowByRow;

	private final TransactionTemplate transaction;

	private final SessionKill kill;

	private final Gate gate;

	EarlyFlushController(RowService rows, DataSource dataSource, TransactionTemplate transaction, SessionKill kill,
			Gate gate) {
		this.rows = rows;
		this.rowByRow = new JdbcTemplate(dataSource);
		this.rowByRow.setFetchSize(Integer.MIN_VALUE);
		this.transaction = transaction;
		this.kill = kill;
		this.gate = gate;
	}

	@GetMapping("/template")
	void template(Failure failure, HttpServletResponse response) {
		this.rows.bare("before");
		this.transaction.executeWithoutResult((status) -> inside(failure, response));
		after(failure, response);
	}

	@GetMapping("/service")
	void service(Failure failure, HttpServletResponse response) {
		this.rows.bare("before");
		this.rows.transactionally(() -> inside(failure, response));
		after(failure, response);
	}

	private void inside(Failure failure, HttpServletResponse response) {
		this.rows.bare("inside");
		long session = this.kill.ownId();
		flush(response);
		failIf(failure, Failure.THROWN_INSIDE, Failure.HANDLED_INSIDE, Failure.KILLED_INSIDE, session);
	}

	@GetMapping("/result")
	void result(Failure failure, HttpServletResponse response) {
		this.rows.bare("before");
		this.rows.bare("inside");
		long session = this.kill.ownId();
		RowCallbackHandler flushing = (row) -> {
			if (row.isFirst()) {
				flush(response);
				failIf(failure, Failure.THROWN_INSIDE, Failure.HANDLED_INSIDE, Failure.KILLED_INSIDE, session);
			}
		};
		this.rowByRow.query("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3", flushing);
		after(failure, response);
	}

	private void flush(HttpServletResponse response) {
		try {
			response.getOutputStream().print("first");
			response.flushBuffer();
			this.gate.pass();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void after(Failure failure, HttpServletResponse response) {
		this.rows.bare("after");
		failIf(failure, Failure.THROWN_AFTER, Failure.HANDLED_AFTER, Failure.KILLED_AFTER, this.kill.ownId());
		try {
			response.getOutputStream().print(" and last");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void failIf(Failure failure, Failure thrown, Failure handled, Failure killed, long session) {
		if (failure == thrown) {
			throw new IllegalStateException("thrown");
		}
		if (failure == handled) {
			throw new HandledException();
		}
		if (failure == killed) {
			this.kill.of(session);
		}
	}

	@ExceptionHandler({ HandledException.class, DataAccessException.class })
	ResponseEntity<String> handle() {
		return ResponseEntity.badRequest().body(" and handled");
	}

	/**
	 * Where a handler fails after a part of its response was sent, and what becomes of
	 * that.
	 */
	enum Failure {

		NONE, THROWN_INSIDE, HANDLED_INSIDE, KILLED_INSIDE, THROWN_AFTER, HANDLED_AFTER, KILLED_AFTER

	}

	/**
	 * An exception that becomes a response.
	 */
	static class HandledException extends RuntimeException {

	}

}
