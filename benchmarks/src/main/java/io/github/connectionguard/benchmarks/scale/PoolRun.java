package io.github.connectionguard.benchmarks.scale;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Measures pools of one size that lead to one server, with the guard and without.
 */
final class PoolRun {

	static final String GUARDED = "guarded";

	static final String WITHOUT = "without";

	private static final int TIMES = 3;

	private static final double MILLION = 1e6;

	/**
	 * HikariCP's default.
	 */
	private static final String KEEPALIVE = "120000";

	private static final String SHORTEST_KEEPALIVE = "30000";

	private final Figures figures;

	private final int size;

	private final String server;

	private final String row;

	private final List<String> login;

	private double more;

	/**
	 * Create a run.
	 * @param server the kind of server, empty for the stub
	 * @param login the URL, user and password
	 */
	PoolRun(Figures figures, int size, String server, List<String> login) {
		this.figures = figures;
		this.size = size;
		this.server = server;
		this.row = size + " connections";
		this.login = login;
	}

	private Child open(boolean guarded, String keepalive) throws IOException {
		List<String> arguments = new ArrayList<>(this.login);
		arguments.addAll(List.of(Integer.toString(this.size), Boolean.toString(guarded), keepalive));
		Child child = Child.start(PoolProbe.class, List.of("-Xmx2g"), arguments.toArray(String[]::new));
		child.answer();
		return child;
	}

	private void add(String column, Metric metric, double value) {
		this.figures.add(this.row, column + this.server, metric, value);
	}

	/**
	 * Measure.
	 * @param smallest the run with the smallest pool on the same server, or {@code null}
	 * if this is it
	 */
	void measure(@Nullable PoolRun smallest) throws IOException {
		double heap;
		try (Child plain = open(false, KEEPALIVE)) {
			heap = footprint(plain, WITHOUT);
		}
		try (Child guarded = open(true, KEEPALIVE)) {
			this.more = (footprint(guarded, GUARDED) - heap) / 1000;
			add(GUARDED, Metric.HEAP, this.more);
			if (smallest != null) {
				add(GUARDED, Metric.MEMORY, (this.more - smallest.more) / (this.size - smallest.size));
			}
			for (int i = 0; i < TIMES; i++) {
				add(GUARDED, Metric.WALK, guarded.number("walk") / MILLION);
				add(GUARDED, Metric.DEATH, guarded.number("death") / MILLION);
			}
			add(GUARDED, Metric.TIMER, guarded.number("timer 5") / MILLION);
		}
		if (this.server.isEmpty()) {
			measurePings();
		}
	}

	/**
	 * A silence has all connections pinged, so that they are due again at the same time.
	 */
	private void measurePings() throws IOException {
		try (Child guarded = open(true, SHORTEST_KEEPALIVE)) {
			guarded.number("peak");
			add(GUARDED, Metric.SILENCE, guarded.number("silence") / MILLION);
			guarded.number("wait 11"); // until the threads for that have ended
			guarded.number("peak");
			add(GUARDED, Metric.PING, guarded.number("ping 25") / MILLION);
			add(GUARDED, Metric.MOST_THREADS, guarded.number("peak"));
		}
	}

	private double footprint(Child probe, String column) throws IOException {
		probe.number("wait 6"); // until connections rest
		double heap = probe.number("heap");
		add(column, Metric.DIRECT, probe.number("direct") / 1000.0);
		add(column, Metric.DESCRIPTORS, probe.number("descriptors"));
		add(column, Metric.THREADS, probe.number("threads"));
		return heap;
	}

}
