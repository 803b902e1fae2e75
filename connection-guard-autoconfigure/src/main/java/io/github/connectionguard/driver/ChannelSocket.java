package io.github.connectionguard.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A socket that can say whether the server has closed it, or has left a word, without
 * waiting and without a round trip.
 * <p>
 * Its channel never blocks; reads and writes wait on selectors of their own. A blocking
 * channel would close on {@link Thread#interrupt()}, where a plain socket finishes what
 * it does: an interrupt is held back here until then. One thread may read while another
 * writes, and any may look or close.
 */
final class ChannelSocket extends Socket implements ConnectionSocket {

	private static final int BUFFER_SIZE = 16384;

	private static final long NOT_WAITING = Long.MIN_VALUE;

	/**
	 * What to do for a channel that is ready: all that counts is that the wait is over.
	 */
	private static final Consumer<SelectionKey> NOTHING = (key) -> {
	};

	/**
	 * Where an error packet says that it is one, after three bytes of length and one that
	 * numbers it, and where it says which.
	 */
	private static final int ERROR_MARK = 4;

	private static final int ERROR_CODE = 5;

	/**
	 * What a reset is called by the system and by Java.
	 */
	private static final String RESET = "reset";

	private final SocketChannel channel;

	private volatile @Nullable Selector readable;

	private volatile @Nullable Selector writable;

	private final InputStream input = new Input();

	private final OutputStream output = new Output();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE).flip();

	private final ReentrantLock reads = new ReentrantLock();

	/**
	 * Whether something was written since the last read: what comes next is an answer,
	 * which is not there yet.
	 */
	private volatile boolean written;

	private volatile long waitingSince = NOT_WAITING;

	private volatile boolean heard;

	private volatile long heardAt;

	private volatile boolean ended;

	private volatile int soTimeout;

	private volatile boolean timedOut;

	private volatile boolean reset;

	ChannelSocket() throws IOException {
		this.channel = SocketChannel.open();
	}

	@Override
	public Sight look() {
		if (!this.reads.tryLock()) {
			return Sight.UNKNOWN;
		}
		try {
			int count = this.buffer.hasRemaining() ? this.buffer.remaining() : fill();
			return (count > 0) ? Sight.PENDING : (count == 0) ? Sight.QUIET : Sight.CLOSED;
		}
		catch (IOException ex) {
			return Sight.CLOSED;
		}
		finally {
			this.reads.unlock();
		}
	}

	@Override
	public Duration waiting() {
		long since = this.waitingSince;
		return (since != NOT_WAITING) ? Duration.ofNanos(System.nanoTime() - since) : Duration.ZERO;
	}

	/**
	 * Tell whether anything has come since a moment.
	 * @param time the moment, by {@link System#nanoTime()}
	 */
	boolean isHeardSince(long time) {
		return this.heard && this.heardAt - time > 0;
	}

	@Override
	public boolean hasTimedOut() {
		return this.timedOut;
	}

	@Override
	public boolean isEnded() {
		return this.ended;
	}

	@Override
	public void cut() {
		try {
			close();
		}
		catch (IOException ex) {
			// it is closed all the same
		}
	}

	@Override
	public boolean isReset() {
		return this.reset;
	}

	@Override
	public @Nullable SQLException lastWord() {
		if (!this.reads.tryLock()) {
			return null;
		}
		try {
			ByteBuffer packet = this.buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
			boolean error = packet.remaining() > ERROR_CODE + 1 && (packet.get(ERROR_MARK) & 0xff) == 0xff
					&& (packet.getInt(0) & 0xffffff) == packet.remaining() - ERROR_MARK;
			return error ? new SQLException(null, null, packet.getShort(ERROR_CODE) & 0xffff) : null;
		}
		finally {
			this.reads.unlock();
		}
	}

	private int fill() throws IOException {
		this.buffer.clear();
		try {
			int count = this.channel.read(this.buffer);
			if (count > 0) {
				this.heardAt = System.nanoTime();
				this.heard = true;
			}
			else if (count < 0) {
				this.ended = true;
			}
			return count;
		}
		catch (ClosedChannelException ex) {
			throw ex;
		}
		catch (IOException ex) {
			this.ended = true;
			this.reset = String.valueOf(ex.getMessage()).contains(RESET);
			throw ex;
		}
		finally {
			this.buffer.flip();
		}
	}

	/**
	 * Wait until the channel is ready, or is closed.
	 * @param selector the selector to wait on
	 * @param millis how long to wait, zero for ever
	 */
	private static void await(Selector selector, long millis) throws IOException {
		boolean interrupted = Thread.interrupted();
		try {
			selector.select(NOTHING, millis);
			interrupted |= Thread.interrupted();
		}
		catch (ClosedSelectorException ex) {
			throw new SocketException("Socket closed");
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Open a selector for the channel, which is left to nobody if the channel is closed
	 * meanwhile.
	 */
	private Selector openSelector(int operation) throws IOException {
		Selector selector = Selector.open();
		try {
			this.channel.register(selector, operation);
			return selector;
		}
		catch (IOException ex) {
			selector.close();
			throw ex;
		}
	}

	private Selector readable() throws IOException {
		Selector selector = this.readable;
		if (selector == null) {
			selector = openSelector(SelectionKey.OP_READ);
			this.readable = selector;
			closeIfLate(selector);
		}
		return selector;
	}

	private Selector writable() throws IOException {
		Selector selector = this.writable;
		if (selector == null) {
			selector = openSelector(SelectionKey.OP_WRITE);
			this.writable = selector;
			closeIfLate(selector);
		}
		return selector;
	}

	private void closeIfLate(Selector selector) throws IOException {
		if (!this.channel.isOpen()) {
			selector.close();
		}
	}

	@Override
	public void connect(SocketAddress endpoint) throws IOException {
		connect(endpoint, 0);
	}

	@Override
	public void connect(SocketAddress endpoint, int timeout) throws IOException {
		try {
			this.channel.socket().connect(endpoint, timeout);
			this.channel.configureBlocking(false);
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		for (Selector selector : new @Nullable Selector[] { this.readable, this.writable }) {
			if (selector != null) {
				selector.close();
			}
		}
	}

	@Override
	public InputStream getInputStream() {
		return this.input;
	}

	@Override
	public OutputStream getOutputStream() {
		return this.output;
	}

	@Override
	public void setSoTimeout(int timeout) {
		this.soTimeout = timeout;
	}

	@Override
	public int getSoTimeout() {
		return this.soTimeout;
	}

	// What the channel's own socket knows

	@Override
	public void bind(SocketAddress local) throws IOException {
		this.channel.bind(local);
	}

	@Override
	public SocketChannel getChannel() {
		return this.channel;
	}

	@Override
	public boolean isConnected() {
		return this.channel.socket().isConnected();
	}

	@Override
	public boolean isBound() {
		return this.channel.socket().isBound();
	}

	@Override
	public boolean isClosed() {
		return !this.channel.isOpen();
	}

	@Override
	public InetAddress getInetAddress() {
		return this.channel.socket().getInetAddress();
	}

	@Override
	public int getPort() {
		return this.channel.socket().getPort();
	}

	@Override
	public InetAddress getLocalAddress() {
		return this.channel.socket().getLocalAddress();
	}

	@Override
	public int getLocalPort() {
		return this.channel.socket().getLocalPort();
	}

	@Override
	public SocketAddress getRemoteSocketAddress() {
		return this.channel.socket().getRemoteSocketAddress();
	}

	@Override
	public SocketAddress getLocalSocketAddress() {
		return this.channel.socket().getLocalSocketAddress();
	}

	@Override
	public void setTcpNoDelay(boolean on) throws SocketException {
		this.channel.socket().setTcpNoDelay(on);
	}

	@Override
	public boolean getTcpNoDelay() throws SocketException {
		return this.channel.socket().getTcpNoDelay();
	}

	@Override
	public void setKeepAlive(boolean on) throws SocketException {
		this.channel.socket().setKeepAlive(on);
	}

	@Override
	public boolean getKeepAlive() throws SocketException {
		return this.channel.socket().getKeepAlive();
	}

	@Override
	public void setSoLinger(boolean on, int seconds) throws SocketException {
		this.channel.socket().setSoLinger(on, seconds);
	}

	@Override
	public int getSoLinger() throws SocketException {
		return this.channel.socket().getSoLinger();
	}

	@Override
	public void setReceiveBufferSize(int size) throws SocketException {
		this.channel.socket().setReceiveBufferSize(size);
	}

	@Override
	public int getReceiveBufferSize() throws SocketException {
		return this.channel.socket().getReceiveBufferSize();
	}

	@Override
	public void setSendBufferSize(int size) throws SocketException {
		this.channel.socket().setSendBufferSize(size);
	}

	@Override
	public int getSendBufferSize() throws SocketException {
		return this.channel.socket().getSendBufferSize();
	}

	@Override
	public void setTrafficClass(int trafficClass) throws SocketException {
		this.channel.socket().setTrafficClass(trafficClass);
	}

	@Override
	public int getTrafficClass() throws SocketException {
		return this.channel.socket().getTrafficClass();
	}

	@Override
	public void shutdownInput() throws IOException {
		this.channel.shutdownInput();
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.channel.shutdownOutput();
	}

	@Override
	public boolean isInputShutdown() {
		return this.channel.socket().isInputShutdown();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.channel.socket().isOutputShutdown();
	}

	@Override
	public String toString() {
		return this.channel.socket().toString();
	}

	/**
	 * Reads what has come, and waits for more as long as the timeout allows.
	 */
	private final class Input extends InputStream {

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
		}

		@Override
		public int read(byte[] b, int off, int len) throws IOException {
			if (len == 0) {
				return 0;
			}
			ChannelSocket.this.reads.lock();
			try {
				ByteBuffer come = ChannelSocket.this.buffer;
				if (!come.hasRemaining() && awaitBytes() < 0) {
					return -1;
				}
				int count = Math.min(len, come.remaining());
				come.get(b, off, count);
				return count;
			}
			finally {
				ChannelSocket.this.reads.unlock();
			}
		}

		private int awaitBytes() throws IOException {
			if (!ChannelSocket.this.written) {
				int count = fill();
				if (count != 0) {
					return count;
				}
			}
			ChannelSocket.this.written = false;
			long begin = System.nanoTime();
			ChannelSocket.this.waitingSince = begin;
			try {
				return awaitBytes(begin);
			}
			finally {
				ChannelSocket.this.waitingSince = NOT_WAITING;
			}
		}

		private int awaitBytes(long begin) throws IOException {
			long timeout = ChannelSocket.this.soTimeout;
			int count = 0;
			while (count == 0) {
				long left = 0;
				if (timeout > 0) {
					left = timeout - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
					if (left <= 0) {
						ChannelSocket.this.timedOut = true;
						throw new SocketTimeoutException("Read timed out");
					}
				}
				await(readable(), left);
				count = fill();
			}
			return count;
		}

		/**
		 * Return what has come. While somebody looks, the buffer holds anything.
		 */
		@Override
		public int available() {
			if (!ChannelSocket.this.reads.tryLock()) {
				return 0;
			}
			try {
				return ChannelSocket.this.buffer.remaining();
			}
			finally {
				ChannelSocket.this.reads.unlock();
			}
		}

		@Override
		public void close() throws IOException {
			ChannelSocket.this.close();
		}

	}

	/**
	 * Writes everything, waiting for room.
	 */
	private final class Output extends OutputStream {

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] b, int off, int len) throws IOException {
			ByteBuffer bytes = ByteBuffer.wrap(b, off, len);
			while (bytes.hasRemaining()) {
				if (ChannelSocket.this.channel.write(bytes) == 0) {
					await(writable(), 0);
				}
			}
			ChannelSocket.this.written = true;
		}

		@Override
		public void close() throws IOException {
			ChannelSocket.this.close();
		}

	}

}
