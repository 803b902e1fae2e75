package io.github.connectionguard.test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Clients that make one request after the other until they are stopped.
 */
public final class Traffic implements AutoCloseable {

	/**
	 * A statement whose packets are lost is waited for as long as a minute.
	 */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final List<Thread> clients = new ArrayList<>();

	private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	private Traffic() {
	}

	/**
	 * Start clients.
	 * @param clients how many
	 * @param request what each does, over and over
	 * @return the running traffic
	 */
	public static Traffic of(int clients, Request request) {
		Traffic traffic = begin(clients, request);
		Awaitility.await().until(() -> traffic.outcomes.size() >= clients);
		return traffic;
	}

	/**
	 * Start clients without waiting for their first requests.
	 * @param clients how many
	 * @param request what each does, over and over
	 * @return the running traffic
	 */
	public static Traffic begin(int clients, Request request) {
		Traffic traffic = new Traffic();
		for (int i = 0; i < clients; i++) {
			Thread client = new Thread(() -> traffic.run(request), "client-" + i);
			client.setDaemon(true);
			traffic.clients.add(client);
			client.start();
		}
		return traffic;
	}

	private void run(Request request) {
		while (!this.stopped) {
			long begin = System.nanoTime();
			SQLException failure = null;
			try {
				request.run();
			}
			catch (SQLException ex) {
				failure = ex;
			}
			this.outcomes.add(new Outcome(begin, System.nanoTime(), failure));
		}
	}

	/**
	 * Return how many requests have ended.
	 * @return the number
	 */
	public int requests() {
		return this.outcomes.size();
	}

	/**
	 * Return the requests that failed.
	 * @return what came of them
	 */
	public List<Outcome> failures() {
		return this.outcomes.stream().filter((outcome) -> outcome.failure() != null).toList();
	}

	/**
	 * Return how long the slowest request took.
	 * @return the time
	 */
	public Duration slowest() {
		return this.outcomes.stream().map(Outcome::took).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/**
	 * Wait for a request that ends well after a moment.
	 * @param time the moment, by {@link System#nanoTime()}
	 * @return how long after the moment it ended
	 */
	public Duration firstSuccessAfter(long time) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.outcomes.stream().anyMatch((outcome) -> outcome.succeededAfter(time)));
		long first = this.outcomes.stream()
			.filter((outcome) -> outcome.succeededAfter(time))
			.mapToLong(Outcome::end)
			.min()
			.orElseThrow();
		return Duration.ofNanos(first - time);
	}

	/**
	 * Wait for a request to fail, and for one that ends well after that.
	 * @return how long after the failure it ended
	 */
	public Duration firstSuccessAfterFailure() {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> !failures().isEmpty());
		return firstSuccessAfter(failures().get(0).end());
	}

	/**
	 * Let the traffic go on until so many more requests have ended.
	 * @param requests how many
	 */
	public void goOn(int requests) {
		int enough = this.outcomes.size() + requests;
		Awaitility.await().atMost(PATIENCE).until(() -> this.outcomes.size() >= enough);
	}

	@Override
	public void close() {
		this.stopped = true;
		Awaitility.await().atMost(PATIENCE).until(() -> this.clients.stream().noneMatch(Thread::isAlive));
	}

	/**
	 * What came of a request.
	 *
	 * @param begin when it began
	 * @param end when it ended
	 * @param failure why it failed, or {@code null} if it did not
	 */
	public record Outcome(long begin, long end, @Nullable SQLException failure) {

		private boolean succeededAfter(long time) {
			return this.failure == null && this.end - time > 0;
		}

		private Duration took() {
			return Duration.ofNanos(this.end - this.begin);
		}

	}

	/**
	 * What a client does.
	 */
	@FunctionalInterface
	public interface Request {

		/**
		 * Make the request.
		 * @throws SQLException if it failed
		 */
		void run() throws SQLException;

	}

}
