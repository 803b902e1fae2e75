package io.github.connectionguard.benchmarks.scale;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One session of the {@link StubServer}, whose client waits for each answer.
 */
final class StubSession {

	private static final int HEADER = 4;

	private static final int QUIT = 1;

	private static final int QUERY = 3;

	private final long id;

	private final SocketChannel channel;

	private final StubServer server;

	private final ByteBuffer input = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

	private boolean loggedIn;

	private boolean muted;

	StubSession(long id, SocketChannel channel, StubServer server) {
		this.id = id;
		this.channel = channel;
		this.server = server;
	}

	long id() {
		return this.id;
	}

	void mute() {
		this.muted = true;
	}

	void greet() throws IOException {
		write(new StubPackets(0).greeting(this.id));
	}

	/**
	 * Read what has come, and answer it if that is a packet.
	 */
	void read() throws IOException {
		if (this.channel.read(this.input) < 0) {
			throw new EOFException();
		}
		this.input.flip();
		while (this.input.remaining() >= HEADER) {
			int length = this.input.getInt(this.input.position()) & 0xffffff;
			if (this.input.remaining() < HEADER + length) {
				break;
			}
			byte[] packet = new byte[length];
			int number = this.input.getInt() >>> 24;
			this.input.get(packet);
			if (!this.muted) {
				answer(packet, new StubPackets(number + 1));
			}
		}
		this.input.compact();
	}

	private void answer(byte[] packet, StubPackets answer) throws IOException {
		if (!this.loggedIn) {
			this.loggedIn = true;
			write(answer.ok());
		}
		else if (packet[0] == QUIT) {
			throw new EOFException();
		}
		else if (packet[0] == QUERY) {
			String statement = new String(packet, 1, packet.length - 1, StandardCharsets.UTF_8);
			this.server.control(this, statement);
			write(this.server.answers().to(statement, this.id, answer));
		}
		else {
			write(answer.ok());
		}
	}

	private void write(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			this.channel.write(bytes);
		}
	}

	void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// it is closed all the same
		}
	}

}
