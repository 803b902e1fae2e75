package io.github.connectionguard.benchmarks.scale;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what many applications ask of the one server they have.
 */
final class FleetRun {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/**
	 * Quiet pools that nobody tells of a restart are never full again.
	 */
	private static final Duration REFILL = Duration.ofMinutes(2);

	private static final Duration SAMPLE = Duration.ofMillis(100);

	private static final int SAMPLES_IN_A_SECOND = 10;

	private static final Duration AFTERWARDS = Duration.ofSeconds(15);

	private static final Duration AWAY = Duration.ofSeconds(10);

	/**
	 * Until the last session is set up and nothing else happens.
	 */
	private static final Duration SETTLED = Duration.ofSeconds(3);

	private final Figures figures;

	private final int applications;

	private final boolean guarded;

	/**
	 * Create a run.
	 */
	FleetRun(Figures figures, int applications, boolean guarded) {
		this.figures = figures;
		this.applications = applications;
		this.guarded = guarded;
	}

	private void add(String what, Metric metric, double value) {
		this.figures.add("%d applications, %s".formatted(this.applications, what),
				this.guarded ? PoolRun.GUARDED : PoolRun.WITHOUT, metric, value);
	}

	/**
	 * Measure.
	 * @param freeze how long the server stands still
	 * @param quiet how long the applications do nothing
	 */
	void measure(Duration freeze, Duration quiet) throws IOException, SQLException, InterruptedException {
		int connections = Fleet.connections(this.applications);
		try (FleetServer server = new FleetServer(connections);
				Fleet fleet = new Fleet(server, this.applications, this.guarded, 1)) {
			await(fleet);
			Thread.sleep(SETTLED.toMillis());
			quiet("%d minutes quiet".formatted(quiet.toMinutes()), server, quiet);
			for (boolean busy : new boolean[] { false, true }) {
				restart(busy ? "restart under traffic" : "restart while quiet", server, fleet, busy);
				freeze("%d s frozen %s".formatted(freeze.toSeconds(), busy ? "under traffic" : "while quiet"), server,
						fleet, freeze, busy);
			}
		}
	}

	/**
	 * Measure what a quiet hour has in it, with intervals that are shorter than their
	 * defaults.
	 * @param compressed by how much they are shorter
	 */
	void measureHour(int compressed) throws IOException, SQLException, InterruptedException {
		try (FleetServer server = new FleetServer(Fleet.connections(this.applications));
				Fleet fleet = new Fleet(server, this.applications, this.guarded, compressed)) {
			await(fleet);
			Thread.sleep(SETTLED.toMillis());
			quiet("a quiet hour at %d times the speed".formatted(compressed), server,
					Duration.ofHours(1).dividedBy(compressed));
		}
	}

	private void quiet(String what, FleetServer server, Duration time) throws SQLException, InterruptedException {
		long before = server.logins();
		Thread.sleep(time.toMillis());
		add(what, Metric.LOGINS, server.logins() - before);
	}

	private void restart(String what, FleetServer server, Fleet fleet, boolean busy)
			throws IOException, SQLException, InterruptedException {
		begin(fleet, busy);
		server.restart(AWAY);
		long begin = System.nanoTime();
		List<Long> logins = new ArrayList<>();
		boolean full = false;
		while (!full && System.nanoTime() - begin < REFILL.toNanos()) {
			logins.add(server.logins());
			Thread.sleep(SAMPLE.toMillis());
			full = server.connected() >= fleet.connections();
		}
		if (full) {
			add(what, Metric.FULL, (System.nanoTime() - begin) / 1e9);
		}
		Thread.sleep(AFTERWARDS.toMillis());
		logins.add(server.logins());
		fleet.tell("rest");
		add(what, Metric.LOGINS, logins.get(logins.size() - 1));
		add(what, Metric.LOGINS_IN_A_SECOND, mostInASecond(logins));
		add(what, Metric.FAILED, fleet.ask("failed"));
		add(what, Metric.TURNED_AWAY, server.turnedAway());
	}

	private static long mostInASecond(List<Long> logins) {
		long most = logins.get(0);
		for (int i = 1; i < logins.size(); i++) {
			most = Math.max(most, logins.get(i) - logins.get(Math.max(0, i - SAMPLES_IN_A_SECOND)));
		}
		return most;
	}

	private void freeze(String what, FleetServer server, Fleet fleet, Duration time, boolean busy)
			throws IOException, SQLException, InterruptedException {
		begin(fleet, busy);
		long interrupted = server.interrupted();
		long logins = server.logins();
		server.freeze(time);
		Thread.sleep(AFTERWARDS.toMillis());
		fleet.tell("rest");
		await(fleet);
		add(what, Metric.INTERRUPTED, server.interrupted() - interrupted);
		add(what, Metric.LOGINS, server.logins() - logins);
		add(what, Metric.FAILED, fleet.ask("failed"));
		add(what, Metric.TURNED_AWAY, server.turnedAway());
	}

	private static void begin(Fleet fleet, boolean busy) throws IOException, InterruptedException {
		await(fleet);
		fleet.tell(busy ? "work" : "rest");
		Thread.sleep(SETTLED.toMillis());
		fleet.ask("failed");
	}

	private static void await(Fleet fleet) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		while (!fleet.isFull()) {
			if (System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new IllegalStateException("The pools are not full");
			}
			Thread.sleep(SAMPLE.toMillis());
		}
	}

}
