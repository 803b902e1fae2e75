package io.github.connectionguard.benchmarks.faults.load;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/**
 * Asks applications, each as its users do who know nothing of each other, for what it
 * reads from its input: {@code steady RATE HOLD} for requests at a rate from now on,
 * {@code burst COUNT HOLD} for some writes at once, {@code stop} to send no more, and
 * {@code ask TICKET} to be told when all is answered. The applications are its arguments,
 * each as {@code NAME=PORT}.
 */
public final class LoadMain {

	static final String ANSWERED = "answered ";

	private final List<Users> users = new ArrayList<>();

	private LoadMain(String[] applications) {
		for (String application : applications) {
			String[] parts = application.split("=");
			this.users.add(new Users(parts[0], Integer.parseInt(parts[1]), (answer) -> say(answer.toLine())));
		}
	}

	/**
	 * Do what the input says, and end with it.
	 * @param applications the applications
	 */
	public static void main(String[] applications) {
		LoadMain load = new LoadMain(applications);
		try (Scanner commands = new Scanner(System.in)) {
			while (commands.hasNextLine()) {
				load.execute(commands.nextLine().split(" "));
			}
		}
		Runtime.getRuntime().halt(0);
	}

	private void execute(String[] command) {
		switch (command[0]) {
			case "steady" ->
				this.users.forEach((one) -> one.steady(Double.parseDouble(command[1]), Double.parseDouble(command[2])));
			case "burst" ->
				this.users.forEach((one) -> one.burst(Integer.parseInt(command[1]), Double.parseDouble(command[2])));
			case "stop" -> this.users.forEach(Users::stop);
			case "ask" -> new Thread(() -> {
				this.users.forEach(Users::awaitAnswers);
				say(ANSWERED + command[1]);
			}, "answers").start();
			default -> throw new IllegalArgumentException(command[0]);
		}
	}

	private static void say(String line) {
		PrintStream out = System.out;
		synchronized (out) {
			out.println(line);
		}
	}

}
