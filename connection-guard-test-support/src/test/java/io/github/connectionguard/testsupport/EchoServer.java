package io.github.connectionguard.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends back whatever it gets, and counts.
 */
final class EchoServer implements AutoCloseable {

	private final ServerSocket listener;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger bytes = new AtomicInteger();

	private final AtomicInteger ends = new AtomicInteger();

	EchoServer() {
		try {
			this.listener = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	int accepted() {
		return this.sockets.size();
	}

	int bytes() {
		return this.bytes.get();
	}

	/**
	 * Return how many of the connections are over.
	 * @return the number of them
	 */
	int ends() {
		return this.ends.get();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.sockets.add(socket);
				start(() -> echo(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void echo(Socket socket) {
		try (socket; InputStream in = socket.getInputStream()) {
			for (int next = in.read(); next != -1; next = in.read()) {
				this.bytes.incrementAndGet();
				socket.getOutputStream().write(next);
			}
		}
		catch (IOException ex) {
			// just as over
		}
		this.ends.incrementAndGet();
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "echo");
		thread.setDaemon(true);
		thread.start();
	}

}
