package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Two applications that are asked the same in turns, each for a slice of time, so that a
 * disturbance of the machine does not meet one alone, and neither is always the first.
 */
final class AlternatingLoad {

	private static final Duration SLICE = Duration.ofMillis(500);

	/**
	 * How long nothing may have been compiled for the compilers to be done.
	 */
	private static final Duration PAUSE = Duration.ofMillis(200);

	/**
	 * How long may be compiled for what was asked in a slice that counts as compiled.
	 */
	private static final Duration NEXT_TO_NOTHING = SLICE.dividedBy(50);

	private static final int COMPILED_SLICES = 4;

	private static final int MOST_SLICES = 30;

	private final List<ServedApplication> applications;

	private final List<LoadedServer> servers;

	AlternatingLoad(ServedApplication first, ServedApplication second) {
		this.applications = List.of(first, second);
		this.servers = List.of(new LoadedServer(first.port()), new LoadedServer(second.port()));
	}

	/**
	 * Ask both for a path until some slices have had next to nothing compiled in either.
	 * After each slice the compilers have the processors for themselves: beside clients
	 * that keep those busy, they take minutes for what is done in seconds.
	 * @return whether nothing is left to be compiled, as far as that can be told
	 */
	boolean warmUp(String path) throws IOException, InterruptedException, ExecutionException {
		List<Duration> before = awaitCompilers();
		int compiled = 0;
		for (int slice = 0; slice < MOST_SLICES && compiled < COMPILED_SLICES; slice++) {
			requestsPerSecond(path, 1);
			List<Duration> after = awaitCompilers();
			compiled = isNextToNothing(before, after) ? compiled + 1 : 0;
			before = after;
		}
		return compiled == COMPILED_SLICES;
	}

	private static boolean isNextToNothing(List<Duration> before, List<Duration> after) {
		for (int i = 0; i < before.size(); i++) {
			if (after.get(i).minus(before.get(i)).compareTo(NEXT_TO_NOTHING) > 0) {
				return false;
			}
		}
		return true;
	}

	private List<Duration> awaitCompilers() throws IOException, InterruptedException {
		List<Duration> before;
		List<Duration> now = compiled();
		do {
			before = now;
			Thread.sleep(PAUSE.toMillis());
			now = compiled();
		}
		while (!now.equals(before));
		return now;
	}

	private List<Duration> compiled() throws IOException {
		List<Duration> compiled = new ArrayList<>();
		for (ServedApplication application : this.applications) {
			compiled.add(application.compiled());
		}
		return compiled;
	}

	/**
	 * Ask both for a path.
	 * @return how many requests a second each of them answered, as the median of the
	 * slices
	 */
	double[] requestsPerSecond(String path, int slices) throws InterruptedException, ExecutionException {
		double[][] requests = new double[2][slices];
		for (int slice = 0; slice < slices; slice++) {
			for (int turn = 0; turn < 2; turn++) {
				int which = (slice + turn) % 2;
				requests[which][slice] = this.servers.get(which).requestsPerSecond(path, SLICE);
			}
		}
		return new double[] { median(requests[0]), median(requests[1]) };
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

}
