package io.github.connectionguard.testsupport;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

import org.jspecify.annotations.Nullable;

/**
 * An application's connection to a {@link TcpHop}, and the one it leads to. Its state is
 * guarded by the hop.
 */
final class TcpFlow {

	private static final int CHUNK = 65_536;

	private final TcpHop hop;

	private final Socket application;

	private @Nullable Socket server;

	private boolean dead;

	private long lastActivity = System.nanoTime();

	private int ends;

	TcpFlow(TcpHop hop, Socket application) {
		this.hop = hop;
		this.application = application;
	}

	void run() {
		try {
			this.application.setTcpNoDelay(true);
			if (this.hop.mayPass(this)) {
				Socket server = connect();
				this.hop.start("answers of " + server.getLocalPort(), () -> forward(server, this.application));
				forward(this.application, server);
			}
			else {
				end();
				forward(this.application, null);
			}
		}
		catch (IOException ex) {
			cut();
		}
	}

	boolean isAlive() {
		return !this.dead && !this.application.isClosed();
	}

	void touch() {
		this.lastActivity = System.nanoTime();
	}

	void die() {
		this.dead = true;
	}

	void dieIfIdleFor(long nanos) {
		if (System.nanoTime() - this.lastActivity > nanos) {
			die();
		}
	}

	void cut() {
		synchronized (this.hop) {
			closeWithReset(this.application);
			close(this.server);
			this.hop.remove(this);
		}
	}

	static void close(@Nullable Closeable socket) {
		try {
			if (socket != null) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Socket connect() throws IOException {
		Socket connected = new Socket(TcpHop.loopback(), this.hop.target());
		connected.setTcpNoDelay(true);
		synchronized (this.hop) {
			this.server = connected;
			if (this.application.isClosed()) {
				close(connected);
			}
		}
		return connected;
	}

	private void forward(Socket from, @Nullable Socket to) {
		byte[] chunk = new byte[CHUNK];
		try {
			for (int length = from.getInputStream().read(chunk); length >= 0; length = from.getInputStream()
				.read(chunk)) {
				if (from != this.application) {
					this.hop.disguise(chunk, length);
				}
				if (this.hop.mayPass(this) && to != null) {
					to.getOutputStream().write(chunk, 0, length);
				}
			}
			if (this.hop.mayPass(this) && to != null) {
				to.shutdownOutput();
			}
		}
		catch (IOException ex) {
			if (this.hop.mayPass(this)) {
				cut();
			}
		}
		end();
	}

	/**
	 * Close the flow once both sides have ended it.
	 */
	private void end() {
		synchronized (this.hop) {
			this.ends++;
			if (this.ends == 2) {
				close(this.application);
				close(this.server);
				this.hop.remove(this);
			}
		}
	}

	private static void closeWithReset(Socket socket) {
		try {
			if (!socket.isClosed()) {
				socket.setSoLinger(true, 0);
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
