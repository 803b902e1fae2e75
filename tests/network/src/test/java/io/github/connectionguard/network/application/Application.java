package io.github.connectionguard.network.application;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.connectionguard.testsupport.network.Client;

/**
 * An application that runs in a client's network, with the starter or without it.
 */
public final class Application implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 120;

	private final Client client;

	private final Process process;

	private final PrintWriter commands;

	private final AtomicInteger tickets = new AtomicInteger();

	private final Map<String, Writes> writes = new ConcurrentHashMap<>();

	private final Map<String, CompletableFuture<Integer>> answers = new ConcurrentHashMap<>();

	private final CompletableFuture<Integer> ready = new CompletableFuture<>();

	private final List<String> log = new ArrayList<>();

	private final Path logFile;

	private Application(Client client, Process process, Path logFile) {
		this.client = client;
		this.process = process;
		this.logFile = logFile;
		this.commands = new PrintWriter(new BufferedWriter(process.outputWriter()), true);
		Thread reader = new Thread(this::read, "application " + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts an application and returns at once.
	 * @param client where it runs
	 * @param guarded whether it has the starter
	 * @param logFile where its log goes
	 * @param arguments its properties, as arguments
	 * @return the application
	 */
	public static Application start(Client client, boolean guarded, Path logFile, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-cp", classPath(guarded), ApplicationMain.class.getName(),
				"--spring.datasource.hikari.maximum-pool-size=8", "--spring.main.banner-mode=off",
				"--logging.pattern.console=%d{HH:mm:ss.SSS} %-5p [%t] %c{0} - %m%n%ex{short}"));
		command.addAll(arguments);
		Process process = client.call(() -> new ProcessBuilder(command).redirectErrorStream(true).start());
		return new Application(client, process, logFile);
	}

	private static String classPath(boolean guarded) {
		return Stream.of(System.getProperty("java.class.path").split(":"))
			.filter((entry) -> guarded || !isStarter(entry))
			.collect(Collectors.joining(":"));
	}

	private static boolean isStarter(String entry) {
		return entry.contains("connection-guard-autoconfigure") || entry.contains("connection-guard-starter");
	}

	/**
	 * Waits until it has started.
	 */
	public void awaitReady() {
		await(this.ready);
	}

	public Client client() {
		return this.client;
	}

	/**
	 * Has it begin some writes at once.
	 * @param count how many
	 * @return the writes, under way
	 */
	public Writes write(int count) {
		return send("write", nextTicket(), String.valueOf(count));
	}

	/**
	 * Has it use some connections at once.
	 * @param count how many
	 * @return what came of it, under way
	 */
	public Writes touch(int count) {
		return send("touch", nextTicket(), String.valueOf(count));
	}

	/**
	 * Has it write until it is told to stop.
	 * @param workers how many at a time
	 * @param pauseMillis how long each rests between two
	 * @return the traffic
	 */
	public Traffic traffic(int workers, int pauseMillis) {
		String ticket = nextTicket();
		return new Traffic(this, send("traffic", ticket, workers + " " + pauseMillis), ticket);
	}

	private Writes send(String command, String ticket, String arguments) {
		Writes asked = new Writes();
		this.writes.put(ticket, asked);
		say(command + " " + ticket + " " + arguments);
		return asked;
	}

	private String nextTicket() {
		return String.valueOf(this.tickets.incrementAndGet());
	}

	/**
	 * Returns how many connections the pool has.
	 * @return the number
	 */
	public int connections() {
		String ticket = nextTicket();
		CompletableFuture<Integer> answer = new CompletableFuture<>();
		this.answers.put(ticket, answer);
		say("pool " + ticket);
		return await(answer);
	}

	/**
	 * Returns the lines of its log so far that contain a word.
	 * @param word the word
	 * @return the lines
	 */
	public List<String> log(String word) {
		synchronized (this.log) {
			return this.log.stream().filter((line) -> line.contains(word)).toList();
		}
	}

	private void say(String command) {
		this.commands.println(command);
	}

	private void stop(String ticket) {
		say("stop " + ticket);
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader();
				PrintWriter file = new PrintWriter(Files.newBufferedWriter(this.logFile), true)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(ApplicationMain.MARK)) {
					hear(line.split(" ", 7));
				}
				else {
					file.println(line);
					synchronized (this.log) {
						this.log.add(line);
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void hear(String[] words) {
		switch (words[1]) {
			case "ready" -> this.ready.complete(0);
			case "write" -> known(words[2]).add(Write.of(words[3], words[4], words[5], words[6]));
			case "end" -> known(words[2]).end();
			default -> answer(words[2]).complete(Integer.valueOf(words[3]));
		}
	}

	private Writes known(String ticket) {
		return this.writes.getOrDefault(ticket, new Writes());
	}

	private CompletableFuture<Integer> answer(String ticket) {
		return this.answers.getOrDefault(ticket, new CompletableFuture<>());
	}

	private static int await(CompletableFuture<Integer> answer) {
		return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * Writes that go on until they are stopped.
	 *
	 * @param application the application
	 * @param writes the writes so far
	 * @param ticket the number of the task
	 */
	public record Traffic(Application application, Writes writes, String ticket) {

		/**
		 * Ends the traffic and waits for the writes that are under way.
		 * @return all writes
		 */
		public Writes stop() {
			this.application.stop(this.ticket);
			return this.writes.await();
		}

	}

}
