package io.github.connectionguard.benchmarks.faults.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.connectionguard.testsupport.network.Client;

/**
 * The process of the users, and what their requests came to so far.
 */
public final class Load implements AutoCloseable {

	private static final int MOST_SECONDS = 120;

	private final Process process;

	private final PrintWriter commands;

	private final List<Answer> answers = new ArrayList<>();

	private final AtomicInteger tickets = new AtomicInteger();

	private final Map<String, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();

	private Load(Process process) {
		this.process = process;
		this.commands = new PrintWriter(new BufferedWriter(process.outputWriter()), true);
		Thread reader = new Thread(this::read, "load");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Start the users, who ask for nothing yet.
	 * @param network where they and the applications are
	 * @param applications the port of each application, by its name
	 * @param errors where what goes wrong with them is written
	 * @return the load
	 */
	public static Load start(Client network, Map<String, Integer> applications, Path errors) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
						"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), LoadMain.class.getName()));
		applications.forEach((name, port) -> command.add(name + "=" + port));
		return new Load(network.call(() -> new ProcessBuilder(command).redirectError(errors.toFile()).start()));
	}

	/**
	 * Have each application asked at a rate from now on, reads and writes in turns.
	 * @param rate how often a second
	 * @param hold how many seconds the server takes for a write
	 */
	public void steady(double rate, double hold) {
		this.commands.println("steady " + rate + " " + hold);
	}

	/**
	 * Have each application asked for some writes at once.
	 * @param count how many
	 * @param hold how many seconds the server takes for each
	 */
	public void burst(int count, double hold) {
		this.commands.println("burst " + count + " " + hold);
	}

	/**
	 * Have the applications asked for nothing more.
	 */
	public void stop() {
		this.commands.println("stop");
	}

	/**
	 * Wait until everybody was answered, or gave up.
	 */
	public void awaitAnswers() {
		String ticket = String.valueOf(this.tickets.incrementAndGet());
		CompletableFuture<Void> answered = new CompletableFuture<>();
		this.asked.put(ticket, answered);
		this.commands.println("ask " + ticket);
		answered.orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join();
	}

	/**
	 * Return what was sent since some moment, and answered.
	 * @param begin the moment
	 * @return the answers
	 */
	public List<Answer> since(long begin) {
		synchronized (this.answers) {
			return this.answers.stream().filter((answer) -> answer.begin() - begin >= 0).toList();
		}
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				hear(line);
			}
		}
		catch (IOException ex) {
			this.asked.values().forEach((answered) -> answered.completeExceptionally(ex));
		}
	}

	private void hear(String line) {
		if (line.startsWith(Answer.MARK)) {
			synchronized (this.answers) {
				this.answers.add(Answer.of(line));
			}
		}
		else if (line.startsWith(LoadMain.ANSWERED)) {
			this.asked.getOrDefault(line.substring(LoadMain.ANSWERED.length()), new CompletableFuture<>())
				.complete(null);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
