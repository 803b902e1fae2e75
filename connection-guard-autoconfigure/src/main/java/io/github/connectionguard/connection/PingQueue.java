package io.github.connectionguard.connection;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * The connections in one pool that are to be pinged: however many there are, no more than
 * so many threads wait for the server. Those in use are not for this, as a ping of theirs
 * may wait for as long as its holder would. Thread-safe.
 */
public final class PingQueue {

	/**
	 * A server that is silent lets each of them wait.
	 */
	static final int MOST_THREADS = 100;

	private static final int FEW_THREADS = 4;

	/**
	 * The time in which a few threads, or more on a slow path, are done with all.
	 */
	private static final Duration SOON = Duration.ofMillis(200);

	private final ConnectionLedger ledger;

	private final Map<PhysicalConnection, Ping> waiting = new LinkedHashMap<>();

	private int running;

	PingQueue(ConnectionLedger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Have a connection pinged, unless it is heard, lent or pinged by somebody else
	 * before a thread comes to it.
	 * @param connection the connection
	 * @param limit how long to wait for the answer
	 * @return whether it was not waiting already
	 */
	public synchronized boolean add(PhysicalConnection connection, Duration limit) {
		return this.waiting.putIfAbsent(connection, new Ping(connection, limit, this.ledger.now())) == null;
	}

	/**
	 * Ping all that wait, with no more threads than it takes to be done soon.
	 * @param threads where to wait for the answers
	 */
	public void pingSoon(Executor threads) {
		long nanos = this.ledger.roundTrip().smoothed().toNanos() * size();
		start((int) Math.max(FEW_THREADS, Math.min(nanos / SOON.toNanos(), MOST_THREADS)), threads);
	}

	/**
	 * Ping all that wait, at the same time as far as there may be threads for it.
	 */
	void pingNow(Executor threads) {
		start(MOST_THREADS, threads);
	}

	private void start(int most, Executor threads) {
		int more = Math.min(most - running(), size());
		for (int i = 0; i < more; i++) {
			threads.execute(this::run);
		}
	}

	private synchronized int size() {
		return this.waiting.size();
	}

	private synchronized int running() {
		return this.running;
	}

	private void run() {
		if (!begin()) {
			return;
		}
		try {
			for (Ping next = next(); next != null; next = next()) {
				next.send();
			}
		}
		finally {
			end();
		}
	}

	private synchronized boolean begin() {
		boolean wanted = this.running < MOST_THREADS && !this.waiting.isEmpty();
		if (wanted) {
			this.running++;
		}
		return wanted;
	}

	private synchronized @Nullable Ping next() {
		Iterator<Ping> all = this.waiting.values().iterator();
		if (!all.hasNext()) {
			return null;
		}
		Ping next = all.next();
		all.remove();
		return next;
	}

	private synchronized void end() {
		this.running--;
	}

	private record Ping(PhysicalConnection connection, Duration limit, long since) {

		void send() {
			if (!this.connection.isLent() && !this.connection.wire().isHeardSince(this.since)) {
				this.connection.wire().pings().keepAlive(this.limit);
			}
		}

	}

}
