package io.github.connectionguard.benchmarks.scale;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Speaks as much of MySQL's protocol as a driver and the guard need to open, set up and
 * ping a session, and does no work for it: as many sessions as there are descriptors, on
 * one thread. Runs in a process of its own.
 * <p>
 * {@code KILL n} ends a session, {@code KILL ALL} all others, and {@code MUTE n} has one
 * get no answer any more.
 */
public final class StubServer {

	private final Selector selector = Selector.open();

	private final ServerSocketChannel door = ServerSocketChannel.open();

	private final Map<Long, StubSession> sessions = new TreeMap<>();

	private final Duration waitTimeout;

	private long accepted;

	private StubServer(Duration waitTimeout) throws IOException {
		this.waitTimeout = waitTimeout;
		this.door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
		this.door.configureBlocking(false);
		this.door.register(this.selector, SelectionKey.OP_ACCEPT);
	}

	/**
	 * Run until the input ends, which only whoever started this holds open.
	 * @param arguments the {@code wait_timeout} that sessions tell, in seconds
	 * @throws IOException if there is no port
	 */
	public static void main(String[] arguments) throws IOException {
		StubServer server = new StubServer(Duration.ofSeconds(Long.parseLong(arguments[0])));
		Thread thread = new Thread(server::serve, "stub-server");
		thread.setDaemon(true);
		thread.start();
		Child.listening(server.door.socket().getLocalPort());
	}

	private void serve() {
		try {
			while (true) {
				this.selector.select(this::ready);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void ready(SelectionKey key) {
		try {
			if (key.attachment() instanceof StubSession session) {
				session.read();
			}
			else {
				accept();
			}
		}
		catch (IOException ex) {
			if (key.attachment() instanceof StubSession session) {
				end(session);
			}
		}
	}

	private void accept() throws IOException {
		SocketChannel channel = this.door.accept();
		if (channel == null) {
			return;
		}
		channel.configureBlocking(false);
		channel.socket().setTcpNoDelay(true);
		StubSession session = new StubSession(++this.accepted, channel, this);
		this.sessions.put(session.id(), session);
		channel.register(this.selector, SelectionKey.OP_READ, session);
		session.greet();
	}

	void end(StubSession session) {
		this.sessions.remove(session.id());
		session.close();
	}

	StubAnswers answers() {
		return new StubAnswers(this.waitTimeout, this.sessions.keySet());
	}

	/**
	 * Do what a statement asks of the server itself.
	 */
	void control(StubSession own, String statement) {
		String[] words = statement.split(" ");
		if (words[0].equals("KILL") && words[1].equals("ALL")) {
			this.sessions.values().stream().filter((other) -> other != own).toList().forEach(this::end);
		}
		else if (words[0].equals("KILL")) {
			end(session(words[1]));
		}
		else if (words[0].equals("MUTE")) {
			session(words[1]).mute();
		}
	}

	private StubSession session(String id) {
		StubSession session = this.sessions.get(Long.parseLong(id));
		if (session == null) {
			throw new IllegalArgumentException("There is no session " + id);
		}
		return session;
	}

}
