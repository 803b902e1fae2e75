package io.github.connectionguard.fleet;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy that greets clients itself, as one that speaks MySQL's protocol does: with a
 * version and a connection id of its own. All else is the server's.
 */
final class GreetingProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int server;

	private final String suffix;

	private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

	GreetingProxy(int server, String suffix) throws IOException {
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.server = server;
		this.suffix = suffix;
		start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void start(Step step) {
		Thread thread = new Thread(() -> {
			try {
				step.run();
			}
			catch (IOException ex) {
				// somebody has gone
			}
		}, "greeting-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			Socket behind = new Socket(InetAddress.getLoopbackAddress(), this.server);
			this.open.add(client);
			this.open.add(behind);
			start(() -> pump(client, behind));
			start(() -> {
				greet(new DataInputStream(behind.getInputStream()), client.getOutputStream());
				pump(behind, client);
			});
		}
	}

	private void greet(DataInputStream from, OutputStream to) throws IOException {
		byte[] header = from.readNBytes(4);
		byte[] greeting = from.readNBytes((header[0] & 0xff) | (header[1] & 0xff) << 8);
		int end = 1;
		while (greeting[end] != 0) {
			end++;
		}
		ByteArrayOutputStream other = new ByteArrayOutputStream();
		other.write(greeting, 0, end);
		other.writeBytes(this.suffix.getBytes(StandardCharsets.US_ASCII));
		other.write(0);
		other.write(greeting, end + 1, 2);
		other.write(greeting[end + 3] + 1);
		other.write(greeting, end + 4, greeting.length - end - 4);
		header[0] = (byte) other.size();
		header[1] = (byte) (other.size() >> 8);
		to.write(header);
		other.writeTo(to);
	}

	private static void pump(Socket from, Socket to) throws IOException {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Closeable each : this.open) {
				each.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Step {

		void run() throws IOException;

	}

}
