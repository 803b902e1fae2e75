package io.github.connectionguard.data.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A request whose answer is read as it comes.
 */
final class Exchange implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 15_000;

	private final StringBuilder answer = new StringBuilder();

	private final Socket socket;

	private Exchange(Socket socket) {
		this.socket = socket;
	}

	static Exchange begin(int port, String path) throws IOException {
		Exchange exchange = new Exchange(new Socket("127.0.0.1", port));
		exchange.socket.setSoTimeout(PATIENCE_MILLIS);
		exchange.socket.getOutputStream()
			.write("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".formatted(path)
				.getBytes(StandardCharsets.US_ASCII));
		return exchange;
	}

	void awaitFirstByte() throws IOException {
		int first = this.socket.getInputStream().read();
		if (first < 0) {
			throw new IOException("The server has closed the connection without an answer");
		}
		this.answer.append((char) first);
	}

	/**
	 * Read until the server has closed the connection, which it does when it is done with
	 * the request.
	 */
	Answer rest() throws IOException {
		InputStream in = this.socket.getInputStream();
		this.answer.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
		return new Answer(this.answer.toString());
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * All that came back.
	 *
	 * @param text the head and the body as they were on the wire
	 */
	record Answer(String text) {

		private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

		int status() {
			return Integer.parseInt(this.text.split(" ", 3)[1]);
		}

		/**
		 * Tell whether a body in chunks ends without saying so.
		 */
		boolean isBrokenOff() {
			return this.text.contains("Transfer-Encoding: chunked") && !this.text.endsWith(LAST_CHUNK);
		}

	}

}
