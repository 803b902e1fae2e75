package io.github.connectionguard.benchmarks.scale;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.benchmarks.scale.FleetProbe.Options;

/**
 * The applications of one server, in a few processes.
 */
final class Fleet implements AutoCloseable {

	static final int IN_A_PROCESS = 50;

	private final List<Child> processes = new ArrayList<>();

	private final int connections;

	Fleet(FleetServer server, int applications, boolean guarded, int compressed) throws IOException {
		int left = applications;
		int sum = 0;
		while (left > 0) {
			int some = Math.min(left, IN_A_PROCESS);
			Options options = new Options(server.url(), server.username(), server.password(), some, guarded,
					compressed);
			this.processes.add(Child.start(FleetProbe.class, List.of(), options.arguments()));
			sum += FleetProbe.connections(some);
			left -= some;
		}
		this.connections = sum;
		for (Child process : this.processes) {
			process.answer();
		}
	}

	static int connections(int applications) {
		int rest = applications % IN_A_PROCESS;
		return applications / IN_A_PROCESS * FleetProbe.connections(IN_A_PROCESS) + FleetProbe.connections(rest);
	}

	/**
	 * Return how many connections the pools have when they are full.
	 */
	int connections() {
		return this.connections;
	}

	long ask(String question) throws IOException {
		long sum = 0;
		for (Child process : this.processes) {
			sum += Long.parseLong(process.ask(question));
		}
		return sum;
	}

	void tell(String word) throws IOException {
		for (Child process : this.processes) {
			process.ask(word);
		}
	}

	boolean isFull() throws IOException {
		return ask("idle") == this.connections;
	}

	@Override
	public void close() {
		this.processes.forEach(Child::close);
	}

}
