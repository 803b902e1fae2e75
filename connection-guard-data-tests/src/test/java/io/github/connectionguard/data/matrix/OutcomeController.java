package io.github.connectionguard.data.matrix;

import java.io.IOException;

import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.session.NoSession;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * One handler for each {@link RequestOutcome} of a request that stays on its thread.
 */
@RestController
@RequestMapping("/{way}")
class OutcomeController {

	/**
	 * What the client reads if a handler, or an exception handler, has its say.
	 */
	static final String SAYS = "so says the application";

	/**
	 * The same, longer than a buffer, so that its begin is sent at once.
	 */
	static final String SAYS_AT_LENGTH = SAYS + ", again and again".repeat(3000);

	private final Ways ways;

	private final DatabaseObserver otherClient;

	private final DatabaseSessionScope scope;

	private final TransactionOperations transactions;

	OutcomeController(Ways ways, DatabaseObserver otherClient, DatabaseSessionScope scope,
			TransactionOperations transactions) {
		this.ways = ways;
		this.otherClient = otherClient;
		this.scope = scope;
		this.transactions = transactions;
	}

	@GetMapping("/ok")
	String ok(@PathVariable Way way) {
		write(way);
		return SAYS_AT_LENGTH;
	}

	@GetMapping("/unchecked")
	String unchecked(@PathVariable Way way) {
		write(way);
		throw new IllegalStateException("unchecked");
	}

	@GetMapping("/checked")
	String checked(@PathVariable Way way) throws IOException {
		write(way);
		throw new IOException("checked");
	}

	@GetMapping("/handled-as-success")
	String handledAsSuccess(@PathVariable Way way) throws HandledException {
		write(way);
		throw new HandledException(HttpStatus.OK);
	}

	@GetMapping("/handled-as-conflict")
	String handledAsConflict(@PathVariable Way way) throws HandledException {
		write(way);
		throw new HandledException(HttpStatus.CONFLICT);
	}

	@GetMapping("/returned-404")
	ResponseEntity<String> returned404(@PathVariable Way way) {
		write(way);
		return ResponseEntity.status(HttpStatus.NOT_FOUND).body(SAYS);
	}

	@GetMapping("/returned-503")
	ResponseEntity<String> returned503(@PathVariable Way way) {
		write(way);
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(SAYS);
	}

	@GetMapping("/send-error-409")
	void sendError409(@PathVariable Way way, HttpServletResponse response) throws IOException {
		write(way);
		response.sendError(409);
	}

	@GetMapping("/send-error-500")
	void sendError500(@PathVariable Way way, HttpServletResponse response) throws IOException {
		write(way);
		response.sendError(500);
	}

	@GetMapping("/redirect")
	void redirect(@PathVariable Way way, HttpServletResponse response) throws IOException {
		write(way);
		response.sendRedirect("/elsewhere");
	}

	@GetMapping("/flush-then-throw")
	void flushThenThrow(@PathVariable Way way, HttpServletResponse response) throws IOException {
		this.ways.of(way).insert("before");
		response.getWriter().print(SAYS);
		response.flushBuffer();
		this.ways.of(way).insert("after");
		throw new IllegalStateException("after the flush");
	}

	@GetMapping("/commit-fails")
	String commitFails(@PathVariable Way way) {
		write(way);
		this.otherClient.kill(this.ways.of(way).connectionId());
		return SAYS;
	}

	@GetMapping("/rollback-only")
	String rollbackOnly(@PathVariable Way way) {
		write(way);
		this.scope.setRollbackOnly();
		return SAYS;
	}

	@GetMapping("/rollback-only-inside")
	String rollbackOnlyInside(@PathVariable Way way) {
		this.transactions.executeWithoutResult((transaction) -> {
			write(way);
			transaction.setRollbackOnly();
		});
		return SAYS;
	}

	@NoSession
	@GetMapping("/opt-out")
	String optOut(@PathVariable Way way) {
		return unchecked(way);
	}

	private void write(Way way) {
		this.ways.of(way).insert("row");
	}

	@ExceptionHandler(HandledException.class)
	ResponseEntity<String> handle(HandledException exception) {
		return ResponseEntity.status(exception.status).body(SAYS);
	}

	/**
	 * An exception that becomes a response.
	 */
	@SuppressWarnings("serial")
	static final class HandledException extends Exception {

		private final HttpStatus status;

		HandledException(HttpStatus status) {
			this.status = status;
		}

	}

}
