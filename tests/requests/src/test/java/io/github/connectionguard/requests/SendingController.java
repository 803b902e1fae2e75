package io.github.connectionguard.requests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

import javax.sql.DataSource;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Handlers that write a row and answer, each in another way. On demand, the session of
 * the row is killed in between.
 */
@RestController
@RequestMapping("/sending")
class SendingController {

	private final RowService rows;

	private final DataSource dataSource;

	private final SessionKill kill;

	private final Gate gate;

	SendingController(RowService rows, DataSource dataSource, SessionKill kill, Gate gate) {
		this.rows = rows;
		this.dataSource = dataSource;
		this.kill = kill;
		this.gate = gate;
	}

	/**
	 * Answer, and do not return until the gate is opened.
	 */
	@GetMapping("/handler/{sending}")
	void handler(@PathVariable Sending sending, boolean killed, HttpServletResponse response)
			throws IOException, InterruptedException {
		row(killed);
		sending.send(response);
		this.gate.pass();
	}

	/**
	 * Answer, and shrug off whatever comes of it.
	 */
	@GetMapping("/shrugging/{sending}")
	void shrugging(@PathVariable Sending sending, HttpServletResponse response) throws IOException {
		row(true);
		try {
			sending.send(response);
		}
		catch (RuntimeException ex) {
			this.rows.bare("never mind");
			response.setStatus(HttpServletResponse.SC_OK);
			response.getOutputStream().print("never mind");
		}
	}

	@GetMapping("/body")
	String body(boolean killed) {
		row(killed);
		return Sending.BODY;
	}

	@GetMapping("/entity")
	ResponseEntity<byte[]> entity(boolean killed) {
		row(killed);
		return ResponseEntity.ok(Sending.BODY.repeat(20_000).getBytes(StandardCharsets.US_ASCII));
	}

	@GetMapping("/unsent")
	void unsent(boolean killed, HttpServletResponse response) throws IOException {
		row(killed);
		response.getWriter().print(Sending.BODY);
	}

	@GetMapping("/nothing")
	void nothing(boolean killed, HttpServletResponse response) {
		row(killed);
		response.setHeader("X-Says", Sending.BODY);
	}

	@GetMapping("/view")
	View view(boolean killed) {
		row(killed);
		return (model, request, response) -> response.getWriter().print(Sending.BODY);
	}

	@GetMapping("/callable")
	Callable<String> callable(boolean killed) {
		return () -> body(killed);
	}

	@GetMapping("/callable-of-the-handler")
	Callable<String> callableOfTheHandler(boolean killed) {
		row(killed);
		return () -> Sending.BODY;
	}

	@GetMapping("/stream")
	StreamingResponseBody stream(boolean killed) {
		return (stream) -> {
			row(killed);
			stream.write(Sending.BODY.getBytes(StandardCharsets.US_ASCII));
		};
	}

	@GetMapping("/large-stream")
	StreamingResponseBody largeStream(boolean killed) {
		return (stream) -> {
			row(killed);
			stream.write(Sending.BODY.repeat(20_000).getBytes(StandardCharsets.US_ASCII));
		};
	}

	/**
	 * Let the caller see what JDBC throws when the connection is lost.
	 */
	@GetMapping("/lost")
	String lost() throws SQLException {
		try (Connection own = this.dataSource.getConnection(); Statement statement = own.createStatement()) {
			try (ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()")) {
				id.next();
				this.kill.of(id.getLong(1));
			}
			statement.executeUpdate("INSERT INTO line (name) VALUES ('a')");
		}
		return Sending.BODY;
	}

	private void row(boolean killed) {
		this.rows.bare("a");
		if (killed) {
			this.kill.own();
		}
	}

}
