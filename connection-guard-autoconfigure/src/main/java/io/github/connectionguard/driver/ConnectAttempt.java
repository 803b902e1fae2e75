package io.github.connectionguard.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * One attempt of a driver to connect, which can be given up from outside while the driver
 * waits for the server. Thread-safe.
 */
public final class ConnectAttempt {

	private static final ThreadLocal<ConnectAttempt> current = new ThreadLocal<>();

	private final Deque<ChannelSocket> sockets = new ConcurrentLinkedDeque<>();

	private volatile boolean abandoned;

	/**
	 * Connect.
	 * @param connect what connects
	 * @return the driver's connection
	 * @throws SQLException if the driver cannot connect, or the attempt is abandoned
	 */
	public Connection run(Connect connect) throws SQLException {
		current.set(this);
		try {
			return connect.run();
		}
		finally {
			current.remove();
		}
	}

	/**
	 * Give the attempt up. With sockets of the driver's own it goes on until the driver
	 * gives up by itself.
	 */
	public void abandon() {
		this.abandoned = true;
		this.sockets.forEach(ChannelSocket::cut);
	}

	/**
	 * Tell whether the attempt was given up.
	 * @return whether it was
	 */
	public boolean isAbandoned() {
		return this.abandoned;
	}

	/**
	 * Tell whether the attempt has a TCP connection, so that the server knows of it or
	 * will. Where the driver has sockets of its own, that is assumed.
	 * @return whether it has one
	 */
	public boolean isConnected() {
		ChannelSocket last = this.sockets.peekLast();
		return last == null || last.isConnected();
	}

	/**
	 * Tell whether the server has said anything to this attempt since a moment.
	 * @param time the moment, by {@link System#nanoTime()}
	 * @return whether it has, as far as can be seen
	 */
	public boolean isHeardSince(long time) {
		ChannelSocket last = this.sockets.peekLast();
		return last != null && last.isHeardSince(time);
	}

	/**
	 * Return the socket of the connection.
	 * @return the socket that is open, or was made last; none if several are open, as a
	 * wrapper of the driver may open connections of its own
	 */
	public ConnectionSocket socket() {
		List<ChannelSocket> open = this.sockets.stream().filter((socket) -> !socket.isClosed()).toList();
		ChannelSocket own = (open.size() == 1) ? open.get(0) : this.sockets.peekLast();
		return (own != null && open.size() <= 1) ? own : ConnectionSocket.NONE;
	}

	/**
	 * Note that a driver made a socket on the current thread.
	 */
	static void made(ChannelSocket socket) {
		ConnectAttempt attempt = current.get();
		if (attempt != null) {
			attempt.sockets.add(socket);
			if (attempt.abandoned) {
				socket.cut();
			}
		}
	}

	/**
	 * What connects.
	 */
	@FunctionalInterface
	public interface Connect {

		/**
		 * Connect.
		 * @return the driver's connection
		 * @throws SQLException if the driver cannot connect
		 */
		Connection run() throws SQLException;

	}

}
