package io.github.connectionguard.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
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

	private static final long FIRST_RETRANSMISSION = Duration.ofMillis(200).toNanos();

	/**
	 * A connect that takes longer is not answered.
	 */
	private static final int CROWDED_MILLIS = 100;

	private final ServerSocket listener;

	private final List<TcpFlow> flows = new ArrayList<>();

	private Passage passage = Passage.OPEN;

	private int target;

	private int accepted;

	private long idleLimit;

	private long delay;

	private String disguised = "";

	private String disguise = "";

	private long restoredAt;

	private final List<Socket> crowd = new ArrayList<>();

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
	 * Lose every packet, until the path is restored. As with TCP, what was sent meanwhile
	 * is sent again after pauses that double, and comes late; whoever connects meanwhile
	 * is not answered.
	 */
	public void lose() {
		synchronized (this) {
			forgetIdle();
			pass(Passage.LOST);
		}
		crowdOut();
	}

	/**
	 * Answer nobody who connects, until the path is restored, as a server with a full
	 * queue. The flows there are go on.
	 */
	public void keepOut() {
		synchronized (this) {
			pass(Passage.KEPT_OUT);
		}
		crowdOut();
	}

	/**
	 * Forget all flows there are, as a firewall that was started again.
	 */
	public synchronized void forget() {
		this.flows.forEach(TcpFlow::die);
	}

	/**
	 * End whatever keeps anything from passing.
	 */
	public synchronized void restore() {
		if (this.passage == Passage.HELD || this.passage == Passage.LOST) {
			this.flows.forEach(TcpFlow::touch);
		}
		this.restoredAt = System.nanoTime();
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
	 * Have the application read another text where a server sends this one, within one
	 * piece that is sent.
	 * @param text the text
	 * @param other the other text, as long as the first
	 */
	public synchronized void disguise(String text, String other) {
		if (text.length() != other.length()) {
			throw new IllegalArgumentException("'" + other + "' is not as long as '" + text + "'");
		}
		this.disguised = text;
		this.disguise = other;
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
		this.crowd.forEach(TcpFlow::close);
		List.copyOf(this.flows).forEach(TcpFlow::cut);
		notifyAll();
	}

	private void accept() {
		try {
			while (awaitAccepting()) {
				add(this.listener.accept());
			}
		}
		catch (IOException ex) {
			close();
		}
	}

	private synchronized boolean awaitAccepting() {
		while ((this.passage == Passage.LOST || this.passage == Passage.KEPT_OUT) && !this.listener.isClosed()) {
			pause(UNTIL_TOLD);
		}
		return true;
	}

	/**
	 * Fill the queue of connections that wait to be accepted: the kernel does not answer
	 * any more of them.
	 */
	private void crowdOut() {
		boolean answered = true;
		while (answered && !this.listener.isClosed()) {
			Socket one = new Socket();
			try {
				synchronized (this) {
					this.crowd.add(one);
					one.bind(new InetSocketAddress(loopback(), 0));
				}
				one.connect(new InetSocketAddress(loopback(), port()), CROWDED_MILLIS);
			}
			catch (IOException ex) {
				answered = !(ex instanceof SocketTimeoutException); // else accepted
																	// before
				TcpFlow.close(one);
			}
		}
	}

	private boolean isOfCrowd(Socket application) {
		return this.crowd.removeIf((one) -> {
			boolean found = one.getLocalPort() == application.getPort();
			if (found) {
				TcpFlow.close(one);
			}
			return found;
		});
	}

	private synchronized void add(Socket application) {
		if (isOfCrowd(application)) {
			TcpFlow.close(application);
			return;
		}
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
		boolean lost = this.passage == Passage.LOST;
		for (long left = timeLeft(came, lost); left > 0 && flow.isAlive(); left = timeLeft(came, lost)) {
			lost |= this.passage == Passage.LOST;
			pause(left);
		}
		flow.touch();
		return flow.isAlive();
	}

	/**
	 * Change what a server has sent, in place.
	 */
	synchronized void disguise(byte[] chunk, int length) {
		String sent = new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
		if (!this.disguised.isEmpty() && sent.contains(this.disguised)) {
			byte[] changed = sent.replace(this.disguised, this.disguise).getBytes(StandardCharsets.ISO_8859_1);
			System.arraycopy(changed, 0, chunk, 0, length);
		}
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

	private long timeLeft(long since, boolean lost) {
		long left = (lost ? sentAgain(since) : since) + this.delay - System.nanoTime();
		return (this.passage == Passage.HELD || this.passage == Passage.LOST) ? Math.max(left, UNTIL_TOLD) : left;
	}

	/**
	 * Return when TCP sends again for the first time after the path is back.
	 */
	private long sentAgain(long sent) {
		long time = sent;
		for (long pause = FIRST_RETRANSMISSION; time - this.restoredAt < 0; pause *= 2) {
			time += pause;
		}
		return time;
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

		OPEN, HELD, LOST, KEPT_OUT, SILENT

	}

}
