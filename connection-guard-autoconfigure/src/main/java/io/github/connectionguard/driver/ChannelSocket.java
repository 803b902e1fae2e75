package io.github.connectionguard.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

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

	/**
	 * What is read or written at a time, since the system's calls need as much memory
	 * outside the heap, which Java keeps for each thread. As much as Java's own sockets
	 * read or write.
	 */
	private static final int MOST_AT_ONCE = 131_072;

	/**
	 * What is enough to see that something has come.
	 */
	private static final int A_FEW = 8;

	/**
	 * What is read ahead for a driver that asks for less, as Connector/J does for each
	 * packet and each packet's header: longer than most answers, and a server's last
	 * word.
	 */
	private static final int AHEAD = 1024;

	private static final long NOT_WAITING = Long.MIN_VALUE;

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

	private final Readiness readable;

	private final Readiness writable;

	private final InputStream input = new Input();

	private final OutputStream output = new Output();

	/**
	 * What has come and nobody has read yet.
	 */
	private ByteBuffer buffer = bufferForLooks();

	/**
	 * Whether more may have come than was read.
	 */
	private boolean more;

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
		super((SocketImpl) null); // the channel has one
		this.channel = SocketChannel.open();
		this.readable = new Readiness(this.channel, SelectionKey.OP_READ);
		this.writable = new Readiness(this.channel, SelectionKey.OP_WRITE);
	}

	private static ByteBuffer bufferForLooks() {
		return ByteBuffer.allocate(A_FEW).flip();
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

	/**
	 * Keep what has come, which hardly ever is anything while nobody waits for it.
	 */
	private int fill() throws IOException {
		this.buffer.clear();
		try {
			int count = receive(this.buffer);
			if (this.more && this.buffer.capacity() < AHEAD) {
				fillMore();
			}
			return count;
		}
		finally {
			this.buffer.flip();
		}
	}

	private void fillMore() {
		this.buffer = ByteBuffer.allocate(AHEAD).put(this.buffer.flip());
		try {
			receive(this.buffer);
		}
		catch (IOException ex) {
			// the beginning has come all the same
		}
	}

	/**
	 * Read what has come, without waiting.
	 */
	private int receive(ByteBuffer target) throws IOException {
		try {
			int count = this.channel.read(target);
			this.more = !target.hasRemaining();
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
	}

	@Override
	public void rest() {
		if (this.reads.tryLock()) {
			try {
				if (!this.buffer.hasRemaining() && this.buffer.capacity() > A_FEW) {
					this.buffer = bufferForLooks();
				}
				this.readable.rest();
			}
			catch (IOException ex) {
				// what it took is given back all the same
			}
			finally {
				this.reads.unlock();
			}
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
		this.readable.close();
		this.writable.close();
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
	public void setReuseAddress(boolean on) throws SocketException {
		this.channel.socket().setReuseAddress(on);
	}

	@Override
	public boolean getReuseAddress() throws SocketException {
		return this.channel.socket().getReuseAddress();
	}

	@Override
	public void setOOBInline(boolean on) throws SocketException {
		this.channel.socket().setOOBInline(on);
	}

	@Override
	public boolean getOOBInline() throws SocketException {
		return this.channel.socket().getOOBInline();
	}

	@Override
	public void sendUrgentData(int data) throws IOException {
		this.channel.socket().sendUrgentData(data);
	}

	@Override
	public <T> Socket setOption(SocketOption<T> name, @Nullable T value) throws IOException {
		this.channel.setOption(name, value);
		return this;
	}

	@Override
	public <T> T getOption(SocketOption<T> name) throws IOException {
		return this.channel.getOption(name);
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return this.channel.supportedOptions();
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
				if (!ChannelSocket.this.buffer.hasRemaining()) {
					if (len >= AHEAD) {
						return awaitBytes(ByteBuffer.wrap(b, off, Math.min(len, MOST_AT_ONCE)));
					}
					if (readAhead() < 0) {
						return -1;
					}
				}
				int count = Math.min(len, ChannelSocket.this.buffer.remaining());
				ChannelSocket.this.buffer.get(b, off, count);
				return count;
			}
			finally {
				ChannelSocket.this.reads.unlock();
			}
		}

		private int readAhead() throws IOException {
			if (ChannelSocket.this.buffer.capacity() < AHEAD) {
				ChannelSocket.this.buffer = ByteBuffer.allocate(AHEAD);
			}
			ByteBuffer target = ChannelSocket.this.buffer.clear();
			try {
				return awaitBytes(target);
			}
			finally {
				target.flip();
			}
		}

		private int awaitBytes(ByteBuffer target) throws IOException {
			if (!ChannelSocket.this.written) {
				int count = receive(target);
				if (count != 0) {
					return count;
				}
			}
			ChannelSocket.this.written = false;
			long begin = System.nanoTime();
			ChannelSocket.this.waitingSince = begin;
			try {
				return awaitBytes(target, begin);
			}
			finally {
				ChannelSocket.this.waitingSince = NOT_WAITING;
			}
		}

		private int awaitBytes(ByteBuffer target, long begin) throws IOException {
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
				ChannelSocket.this.readable.await(left);
				count = receive(target);
			}
			return count;
		}

		/**
		 * Return what has come, by which Connector/J tells how much it reads. The system
		 * is asked only where the last read has left something. While somebody looks, the
		 * buffer holds anything.
		 */
		@Override
		public int available() throws IOException {
			if (!ChannelSocket.this.reads.tryLock()) {
				return 0;
			}
			try {
				int count = ChannelSocket.this.buffer.remaining();
				return ChannelSocket.this.more
						? count + ChannelSocket.this.channel.socket().getInputStream().available() : count;
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
			int end = bytes.limit();
			while (bytes.position() < end) {
				bytes.limit(Math.min(end, bytes.position() + MOST_AT_ONCE));
				if (ChannelSocket.this.channel.write(bytes) == 0) {
					ChannelSocket.this.writable.await(0);
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
