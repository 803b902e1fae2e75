package io.github.connectionguard.watch;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.connectionguard.connection.Wire;

/**
 * The watches over pools that lead to the same server: while it is away, one of them asks
 * for all. Thread-safe.
 */
public final class SameServer {

	private final Set<ServerWatch> watches = new CopyOnWriteArraySet<>();

	void add(ServerWatch watch) {
		this.watches.add(watch);
	}

	void remove(ServerWatch watch) {
		this.watches.remove(watch);
	}

	/**
	 * Tell whether there is no watch left.
	 * @return whether there is none
	 */
	public boolean isEmpty() {
		return this.watches.isEmpty();
	}

	Stream<ServerWatch> watches() {
		return this.watches.stream();
	}

	/**
	 * Return what goes over the connections of all pools.
	 */
	Stream<Wire> wires() {
		return watches().flatMap((watch) -> watch.path().wires());
	}

	void forOthers(ServerWatch watch, Consumer<ServerWatch> action) {
		watches().filter((other) -> other != watch).forEach(action);
	}

	/**
	 * Tell whether another one is looking for the server. To be called on the timer's
	 * thread.
	 */
	boolean isAskedByAnother(ServerWatch watch) {
		return watches().anyMatch((other) -> other != watch && other.isLooking());
	}

	/**
	 * Tell whether anybody waits for the server.
	 */
	boolean isWaitedFor() {
		return watches().anyMatch((watch) -> watch.path().isWaitedFor());
	}

}
