package io.github.connectionguard.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A server that is a process of this machine, with a data folder and port of its own.
 */
final class ServerProcess implements DatabaseServer {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration CHECK_EVERY = Duration.ofMillis(1);

	private static final int LOG_TAIL_LINES = 40;

	// MySQL sees the option and not its value, so that it has to be left out
	private static final String RESOLVE_NAMES = "--skip-name-resolve=OFF";

	private final ServerInstallation installation;

	private final List<String> options;

	private final Path folder = TemporaryResources.newFolder("server");

	private final Path log = this.folder.resolve("log");

	private final int port = FreePort.find();

	private @Nullable Process process;

	ServerProcess(ServerInstallation installation, List<String> options) {
		this.installation = installation;
		this.options = options;
		installation.fill(this.folder);
		start();
	}

	@Override
	public String host() {
		return "127.0.0.1";
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public String username() {
		return ServerInstallation.USERNAME;
	}

	@Override
	public void start() {
		if (this.process != null) {
			throw new IllegalStateException("The server is running");
		}
		List<String> arguments = new ArrayList<>(List.of("--bind-address=" + host(), "--port=" + this.port,
				"--skip-log-bin", "--innodb-flush-log-at-trx-commit=2"));
		if (!this.options.contains(RESOLVE_NAMES)) {
			arguments.add("--skip-name-resolve");
		}
		if (!isWindows()) {
			// relative to the data folder, as the path of a socket may not be long
			arguments.add("--socket=socket");
		}
		arguments.addAll(this.options.stream().filter((option) -> !option.equals(RESOLVE_NAMES)).toList());
		ProcessBuilder builder = this.installation.command(this.folder, arguments)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
		try {
			Process started = TemporaryResources.start(builder, this.folder);
			this.process = started;
			FirstLogin.await(this, started::isAlive, this::logTail);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (IllegalStateException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public void stop() {
		Process running = this.process;
		if (running == null) {
			return;
		}
		if (running.isAlive() && !isWindows()) {
			signal(running, "CONT");
		}
		running.destroy();
		boolean ended = waitFor(running);
		end(running);
		if (!ended) {
			throw new IllegalStateException(
					"The server did not stop within " + PATIENCE.toSeconds() + " s. Its log ends with:\n" + logTail());
		}
	}

	/**
	 * Freeze the server, and wait until it stands still: a thread that has not been told
	 * yet that the process is stopped may answer once more.
	 */
	@Override
	public void freeze() {
		signal(running(), "STOP");
		long begin = System.nanoTime();
		while (!isStopped()) {
			if (System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new IllegalStateException("The server does not stand still");
			}
			LockSupport.parkNanos(CHECK_EVERY.toNanos()); // it needs the processors
		}
	}

	/**
	 * Tell whether no thread of the server runs, as far as the system tells.
	 * @return whether none does
	 */
	boolean isStopped() {
		Path threads = Path.of("/proc", Long.toString(running().pid()), "task");
		try (Stream<Path> all = Files.exists(threads) ? Files.list(threads) : Stream.empty()) {
			return all.allMatch(ServerProcess::isThreadStopped);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isThreadStopped(Path thread) {
		try {
			String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
			return stat.startsWith(") T", stat.lastIndexOf(')'));
		}
		catch (IOException ex) {
			return true; // it has ended
		}
	}

	@Override
	public void thaw() {
		signal(running(), "CONT");
	}

	@Override
	public void close() {
		if (this.process != null) {
			end(this.process);
		}
		if (Files.exists(this.folder)) {
			TemporaryResources.delete(this.folder);
		}
	}

	/**
	 * Returns the running process.
	 * @return the process
	 */
	ProcessHandle process() {
		return running().toHandle();
	}

	/**
	 * Returns the folder that holds all files of this server.
	 * @return the folder
	 */
	Path folder() {
		return this.folder;
	}

	private void end(Process running) {
		TemporaryResources.kill(running);
		this.process = null;
		try {
			Files.deleteIfExists(this.folder.resolve("pid"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Process running() {
		if (this.process == null) {
			throw new IllegalStateException("The server is stopped");
		}
		return this.process;
	}

	private String logTail() {
		try {
			List<String> lines = Files.readString(this.log, StandardCharsets.ISO_8859_1).lines().toList();
			return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
		}
		catch (IOException ex) {
			return "No log: " + ex;
		}
	}

	private static void signal(Process receiver, String signal) {
		if (isWindows()) {
			throw new UnsupportedOperationException("Windows cannot freeze a process");
		}
		try {
			Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + receiver.pid()).start();
			if (!waitFor(shell) || shell.exitValue() != 0) {
				throw new IllegalStateException("The signal " + signal + " did not reach the server");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean waitFor(Process process) {
		try {
			return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a process", ex);
		}
	}

	private static boolean isWindows() {
		return System.getProperty("os.name").startsWith("Windows");
	}

}
