package io.github.connectionguard.requests;

import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers that hold a connection until the gate is opened.
 */
@RestController
@RequestMapping("/holding")
class HoldingController {

	private final RowService rows;

	private final JdbcTemplate jdbc;

	private final Gate gate;

	HoldingController(RowService rows, JdbcTemplate jdbc, Gate gate) {
		this.rows = rows;
		this.jdbc = jdbc;
		this.gate = gate;
	}

	@GetMapping("/written/{number}")
	String written(@PathVariable int number) throws InterruptedException {
		this.rows.bare("number " + number);
		return String.valueOf(this.gate.pass());
	}

	@GetMapping("/borrowed")
	String borrowed() {
		ConnectionCallback<Boolean> waiting = (connection) -> passed();
		return String.valueOf(this.jdbc.execute(waiting));
	}

	/**
	 * Catches that the session's time is over.
	 */
	@GetMapping("/caught-timeout")
	String caughtTimeout() throws InterruptedException {
		this.rows.bare("in time");
		long begin = System.nanoTime();
		try {
			while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5)) {
				this.rows.bare("maybe");
				TimeUnit.MILLISECONDS.sleep(50);
			}
		}
		catch (TransactionTimedOutException ex) {
			return "caught";
		}
		return "never";
	}

	private boolean passed() {
		try {
			return this.gate.pass();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
