package io.github.connectionguard.benchmarks.scale;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;

/**
 * How long it takes a pool to learn from a death what is true of its other connections.
 */
final class PoolDeaths {

	private static final int TIMES = 11;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final GuardedPool pool;

	private final Server server;

	PoolDeaths(GuardedPool pool, Server server) {
		this.pool = pool;
		this.server = server;
	}

	private List<PhysicalConnection> connections() {
		return List.copyOf(this.pool.ledger().connections());
	}

	private static long session(PhysicalConnection connection) {
		return Objects.requireNonNull(connection.facts()).connectionId();
	}

	/**
	 * Return the nanoseconds in which the thread that meets a death has told it and has
	 * looked at all others, as the median of several.
	 */
	long one() throws SQLException, InterruptedException {
		int size = connections().size();
		long[] times = new long[TIMES];
		int measured = 0;
		while (measured < TIMES) {
			PhysicalConnection dead = connections().get(0);
			this.server.control("KILL " + session(dead));
			Thread.sleep(5); // until the end has come, and mostly before the next walk
			long begin = System.nanoTime();
			boolean known = dead.isLost();
			dead.wire().glance();
			if (!known && dead.isLost()) {
				times[measured++] = System.nanoTime() - begin;
			}
			await(() -> isFull(size));
		}
		Arrays.sort(times);
		return times[TIMES / 2];
	}

	private boolean isFull(int size) {
		return this.pool.ledger().connections().size() == size
				&& connections().stream().allMatch((connection) -> connection.plan() != null && !connection.isLost());
	}

	/**
	 * Return the nanoseconds from the first ping without an answer until all other
	 * connections are known to answer.
	 */
	long silent() throws SQLException, InterruptedException {
		PhysicalConnection mute = connections().get(0);
		this.server.control("MUTE " + session(mute));
		long begin = this.pool.ledger().now();
		CompletableFuture.runAsync(() -> mute.wire().pings().keepAlive(Duration.ofSeconds(5)));
		await(() -> connections().stream()
			.allMatch((connection) -> connection == mute || connection.wire().isHeardSince(begin)));
		return this.pool.ledger().now() - begin;
	}

	/**
	 * Return the nanoseconds from the end of all sessions until all are known to be dead.
	 */
	long all() throws SQLException, InterruptedException {
		List<PhysicalConnection> before = connections();
		this.server.control("KILL ALL");
		long begin = System.nanoTime();
		before.get(0).wire().glance();
		await(() -> before.stream().allMatch(PhysicalConnection::isLost));
		return System.nanoTime() - begin;
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		long begin = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new IllegalStateException("It did not come to that");
			}
			Thread.sleep(1);
		}
	}

	/**
	 * Does to sessions what happens to them.
	 */
	interface Server {

		void control(String sql) throws SQLException;

	}

}
