package io.github.connectionguard.requests;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Handlers that write a row and a body of a given size. On demand, the session of the row
 * is killed in between, or the handler fails after that.
 */
@RestController
@RequestMapping("/bodies")
class BodyController {

	private final RowService rows;

	private final SessionKill kill;

	BodyController(RowService rows, SessionKill kill) {
		this.rows = rows;
		this.kill = kill;
	}

	@GetMapping("/written/{body}")
	void written(@PathVariable Body body, int size, @RequestParam(defaultValue = "0") int buffer, boolean announced,
			boolean killed, boolean fails, HttpServletResponse response) throws IOException {
		if (buffer > 0) {
			response.setBufferSize(buffer);
		}
		row(killed);
		String text = body.text(size);
		if (announced) {
			response.setContentLength(text.getBytes(Charset.forName(body.charset())).length);
		}
		body.write(response, text);
		if (fails) {
			throw new IllegalStateException("after the body");
		}
	}

	@GetMapping("/entity")
	ResponseEntity<byte[]> entity(int size, boolean killed) {
		row(killed);
		return ResponseEntity.ok(bytes(size));
	}

	@GetMapping("/text")
	ResponseEntity<String> text(int size, boolean killed) {
		row(killed);
		return ResponseEntity.ok(Body.SIGN.repeat(size));
	}

	@GetMapping("/streaming")
	StreamingResponseBody streaming(int size, boolean killed) {
		return (stream) -> {
			row(killed);
			stream.write(bytes(size));
		};
	}

	/**
	 * Write to a buffer that was filled to a hundred bytes, and made larger after that.
	 */
	@GetMapping("/written-anew")
	void writtenAnew(int size, boolean killed, HttpServletResponse response) throws IOException {
		response.getOutputStream().write(new byte[100]);
		response.resetBuffer();
		response.setBufferSize(2 * response.getBufferSize());
		row(killed);
		response.getOutputStream().write(bytes(size));
	}

	/**
	 * Leave all but a hundred bytes of the buffer to the dispatch that writes the row.
	 */
	@GetMapping("/dispatched")
	void dispatched(int size, boolean killed, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (request.getAttribute("dispatched") != null) {
			row(killed);
			response.getOutputStream().write(bytes(size));
			return;
		}
		request.setAttribute("dispatched", true);
		AsyncContext async = request.startAsync();
		int part = 1024;
		for (int left = response.getBufferSize() - 100; left > 0; left -= part) {
			response.getOutputStream().write(bytes(Math.min(left, part)));
		}
		async.dispatch();
	}

	private void row(boolean killed) {
		this.rows.bare("a");
		if (killed) {
			this.kill.own();
		}
	}

	private static byte[] bytes(int size) {
		return Body.SIGN.repeat(size).getBytes(StandardCharsets.US_ASCII);
	}

}
