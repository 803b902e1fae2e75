package io.github.connectionguard.requests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers that write a row, and let the container or a thread of theirs go on with the
 * request by means of the Servlet API alone.
 */
@RestController
@RequestMapping("/non-blocking")
class NonBlockingController {

	/**
	 * How often the text is sent.
	 */
	static final int BLOCKS = 20_000;

	private static final byte[] BLOCK = Sending.BODY.getBytes(StandardCharsets.US_ASCII);

	private final RowService rows;

	private final SessionKill kill;

	private final Gate gate;

	NonBlockingController(RowService rows, SessionKill kill, Gate gate) {
		this.rows = rows;
		this.kill = kill;
		this.gate = gate;
	}

	/**
	 * Have the container say when there is something to write.
	 */
	@GetMapping("/listener")
	void listener(boolean killed, HttpServletRequest request, HttpServletResponse response) throws IOException {
		row(killed);
		AsyncContext async = request.startAsync();
		ServletOutputStream stream = response.getOutputStream();
		stream.setWriteListener(new Blocks(stream, async));
	}

	/**
	 * Write as much as possible before the handler returns.
	 */
	@GetMapping("/listener-and-handler")
	void listenerAndHandler(boolean killed, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		row(killed);
		AsyncContext async = request.startAsync();
		ServletOutputStream stream = response.getOutputStream();
		Blocks blocks = new Blocks(stream, async);
		stream.setWriteListener(blocks);
		blocks.onWritePossible();
	}

	/**
	 * Begin to write on another thread before the handler returns.
	 */
	@GetMapping("/thread")
	void thread(boolean killed, HttpServletRequest request, HttpServletResponse response) throws InterruptedException {
		row(killed);
		AsyncContext async = request.startAsync();
		async.start(() -> {
			try {
				response.getOutputStream().write(BLOCK);
				response.flushBuffer();
				this.gate.pass();
				for (int i = 1; i < BLOCKS; i++) {
					response.getOutputStream().write(BLOCK);
				}
				async.complete();
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		this.gate.pass();
	}

	private void row(boolean killed) {
		this.rows.bare("a");
		if (killed) {
			this.kill.own();
		}
	}

	/**
	 * Writes the text again and again, whenever that is possible.
	 */
	private static final class Blocks implements WriteListener {

		private final ServletOutputStream stream;

		private final AsyncContext async;

		private int left = BLOCKS;

		Blocks(ServletOutputStream stream, AsyncContext async) {
			this.stream = stream;
			this.async = async;
		}

		@Override
		public void onWritePossible() throws IOException {
			while (this.left > 0 && this.stream.isReady()) {
				this.left--;
				this.stream.write(BLOCK);
			}
			if (this.left == 0 && this.stream.isReady()) {
				this.left--;
				this.async.complete();
			}
		}

		@Override
		public void onError(Throwable failure) {
			this.async.complete();
		}

	}

}
