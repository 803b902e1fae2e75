package io.github.connectionguard.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A station on the way from an application to a server, which does to TCP flows what
 * networks do to them.
 * <p>
 * It listens on a port of 127.0.0.1 and forwards to another one. All methods are safe
 * from any thread and return at once. Whatever is not forwarded is still taken from the
 * one who sends it: nobody's send buffer fills while a flow is dead.
 */
public final class TcpHop implements AutoCloseable {

	private static final long UNTIL_TOLD = Duration.ofMinutes(1).toNanos();

	private final ServerSocket listener;

	private final List<TcpFlow> flows = new ArrayList<>();

	private Passage passage = Passage.OPEN;

	private int target;

	private int accepted;

	private long idleLimit;

	private long delay;

	private TcpHop(int target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 0, loopback());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("accepts", this::accept);
	}

	/**
	 * Put a hop before a server.
	 * @param port the port of 127.0.0.1 to forward to
	 * @return the hop
	 */
	public static TcpHop to(int port) {
		return new TcpHop(port);
	}

	/**
	 * Return the port an application connects to.
	 * @return the port of 127.0.0.1
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Lead new connections to another server. Existing flows stay where they are.
	 * @param port the port of 127.0.0.1 to forward to
	 */
	public synchronized void move(int port) {
		this.target = port;
	}

	/**
	 * Forget flows on which nothing passes for some time, as firewalls and address
	 * translators do: from then on everything sent on them is swallowed, their end too,
	 * and nobody is told. The time on hold does not count.
	 * @param limit how long a flow may be idle, zero to forget none from now on
	 */
	public synchronized void forgetIdleAfter(Duration limit) {
		forgetIdle();
		this.idleLimit = limit.toNanos();
	}

	/**
	 * Lose everything. The flows there are, and those that begin before the path is
	 * restored, are dead for ever: all bytes and ends are swallowed. Connections are
	 * accepted, and never get to the server.
	 */
	public synchronized void silence() {
		pass(Passage.SILENT);
		this.flows.forEach(TcpFlow::die);
	}

	/**
	 * Keep everything back without losing it, new connections too, until the path is
	 * restored.
	 */
	public synchronized void hold() {
		forgetIdle();
		pass(Passage.HELD);
	}

	/**
	 * End a silence or hold.
	 */
	public synchronized void restore() {
		if (this.passage == Passage.HELD) {
			this.flows.forEach(TcpFlow::touch);
		}
		pass(Passage.OPEN);
	}

	/**
	 * Forward everything later. What comes while a chunk is waiting is read, and its own
	 * delay begins, when that chunk has been forwarded.
	 * @param delay how much later, zero for at once
	 */
	public synchronized void delay(Duration delay) {
		this.delay = delay.toNanos();
	}

	/**
	 * Cut all flows that are alive: the application gets a reset and the server the end
	 * of the stream. The dead stay dead.
	 */
	public synchronized void reset() {
		forgetIdle();
		this.flows.stream().filter(TcpFlow::isAlive).toList().forEach(TcpFlow::cut);
		notifyAll();
	}

	/**
	 * Return the number of flows that are open and neither forgotten nor silenced.
	 * @return the number of flows
	 */
	public synchronized int flows() {
		forgetIdle();
		return (int) this.flows.stream().filter(TcpFlow::isAlive).count();
	}

	/**
	 * Return how many connections have been accepted.
	 * @return the number since the beginning
	 */
	public synchronized int accepted() {
		return this.accepted;
	}

	/**
	 * Cut all flows, the dead too, and refuse new ones.
	 */
	@Override
	public synchronized void close() {
		TcpFlow.close(this.listener);
		List.copyOf(this.flows).forEach(TcpFlow::cut);
		notifyAll();
	}

	private void accept() {
		try {
			while (true) {
				add(this.listener.accept());
			}
		}
		catch (IOException ex) {
			close();
		}
	}

	private synchronized void add(Socket application) {
		this.accepted++;
		TcpFlow flow = new TcpFlow(this, application);
		this.flows.add(flow);
		if (this.passage == Passage.SILENT) {
			flow.die();
		}
		if (this.listener.isClosed()) {
			flow.cut();
		}
		start("requests " + this.accepted, flow::run);
	}

	/**
	 * Wait for as long as the path keeps back what has just come on a flow.
	 * @param flow the flow
	 * @return whether to forward it
	 */
	synchronized boolean mayPass(TcpFlow flow) {
		forgetIdle();
		flow.touch();
		long came = System.nanoTime();
		for (long left = timeLeft(came); left > 0 && flow.isAlive(); left = timeLeft(came)) {
			pause(left);
		}
		flow.touch();
		return flow.isAlive();
	}

	synchronized int target() {
		return this.target;
	}

	synchronized void remove(TcpFlow flow) {
		this.flows.remove(flow);
	}

	void start(String what, Runnable work) {
		Thread thread = new Thread(work, "tcp-hop " + port() + " " + what);
		thread.setDaemon(true);
		thread.start();
	}

	static InetAddress loopback() throws IOException {
		return InetAddress.getByName("127.0.0.1");
	}

	private void forgetIdle() {
		if (this.idleLimit > 0 && this.passage != Passage.HELD) {
			this.flows.forEach((flow) -> flow.dieIfIdleFor(this.idleLimit));
		}
	}

	private void pass(Passage passage) {
		this.passage = passage;
		notifyAll();
	}

	private long timeLeft(long since) {
		long left = since + this.delay - System.nanoTime();
		return (this.passage != Passage.HELD) ? left : Math.max(left, UNTIL_TOLD);
	}

	private void pause(long nanos) {
		try {
			TimeUnit.NANOSECONDS.timedWait(this, nanos);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Nobody interrupts the threads of a hop", ex);
		}
	}

	private enum Passage {

		OPEN, HELD, SILENT

	}

}
