package io.github.connectionguard.driver;

import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Waits until a channel is ready for one kind of operation, on a selector of its own.
 * That is opened by the first wait, and kept until a rest or the end: it takes two
 * descriptors and more memory than all else that a connection has of the guard.
 */
final class Readiness {

	/**
	 * What to do for a channel that is ready: all that counts is that the wait is over.
	 */
	private static final Consumer<SelectionKey> NOTHING = (key) -> {
	};

	private final SocketChannel channel;

	private final int operation;

	private volatile @Nullable Selector selector;

	Readiness(SocketChannel channel, int operation) {
		this.channel = channel;
		this.operation = operation;
	}

	/**
	 * Wait until the channel is ready, or is closed. For one thread at a time, which
	 * holds back an interrupt until then.
	 * @param millis how long to wait, zero for ever
	 */
	void await(long millis) throws IOException {
		Selector present = selector();
		boolean interrupted = Thread.interrupted();
		try {
			present.select(NOTHING, millis);
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

	private Selector selector() throws IOException {
		Selector present = this.selector;
		if (present == null) {
			present = open();
			this.selector = present;
			if (!this.channel.isOpen()) {
				present.close();
			}
		}
		return present;
	}

	/**
	 * Open a selector for the channel, which is left to nobody if the channel is closed
	 * meanwhile.
	 */
	private Selector open() throws IOException {
		Selector opened = Selector.open();
		try {
			this.channel.register(opened, this.operation);
			return opened;
		}
		catch (IOException ex) {
			opened.close();
			throw ex;
		}
	}

	/**
	 * Give up what a wait takes, until the next one. Not while a thread waits.
	 */
	void rest() throws IOException {
		Selector present = this.selector;
		if (present != null) {
			this.selector = null;
			present.close();
		}
	}

	/**
	 * Have nobody wait any more. To be called when the channel is closed.
	 */
	void close() throws IOException {
		Selector present = this.selector;
		if (present != null) {
			present.close();
		}
	}

}
