package io.github.connectionguard.testsupport.network;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A network of its own inside this machine, with nothing but a loopback at first.
 * <p>
 * Its name tells the process it belongs to. What a killed one has left is deleted by the
 * next.
 */
final class Namespace implements AutoCloseable {

	static final String PREFIX = "guard-";

	private static final AtomicInteger numbers = new AtomicInteger();

	private final String name;

	private final @Nullable Path hosts;

	static {
		deleteLeftovers();
		Runtime.getRuntime()
			.addShutdownHook(new Thread(() -> delete(PREFIX + ProcessHandle.current().pid() + "-"), "namespaces"));
	}

	/**
	 * Creates a namespace.
	 * @param purpose the end of its name
	 * @param hosts what {@code /etc/hosts} is inside of it, or {@code null} for the
	 * machine's
	 */
	Namespace(String purpose, @Nullable Path hosts) {
		this.name = PREFIX + ProcessHandle.current().pid() + "-" + numbers.incrementAndGet() + "-" + purpose;
		this.hosts = hosts;
		Shell.run("ip netns add " + this.name);
		ip("link set lo up");
	}

	String name() {
		return this.name;
	}

	void ip(String arguments) {
		Shell.run("ip -n " + this.name + " " + arguments);
	}

	/**
	 * Gives a file of rules to nftables.
	 * @param rules the rules
	 */
	void rules(String rules) {
		Shell.run(List.of("ip", "netns", "exec", this.name, "nft", "-f", "-"), rules);
	}

	String ask(String command) {
		return Shell.run("ip netns exec " + this.name + " " + command);
	}

	void set(String setting, int value) {
		ask("sysctl -q -w " + setting + "=" + value);
	}

	/**
	 * Calls something on a thread inside. The sockets it opens and the processes it
	 * starts are of this network.
	 * @param <T> the type of the result
	 * @param work what to call
	 * @return its result
	 */
	<T> T call(Callable<T> work) {
		CompletableFuture<T> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				enter();
				result.complete(work.call());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}, this.name);
		thread.setDaemon(true);
		thread.start();
		try {
			return result.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("Failed in " + this.name + ": " + ex.getCause(), ex.getCause());
		}
	}

	private void enter() {
		SystemCalls kernel = SystemCalls.INSTANCE;
		int descriptor = kernel.open("/run/netns/" + this.name, SystemCalls.O_RDONLY);
		kernel.setns(descriptor, SystemCalls.CLONE_NEWNET);
		kernel.close(descriptor);
		if (this.hosts != null) {
			kernel.unshare(SystemCalls.CLONE_NEWNS);
			kernel.mount("none", "/", null, SystemCalls.MS_REC_PRIVATE, null);
			kernel.mount(this.hosts.toString(), "/etc/hosts", null, SystemCalls.MS_BIND, null);
		}
	}

	/**
	 * Ends what runs inside and deletes the namespace.
	 */
	@Override
	public void close() {
		delete(this.name);
	}

	/**
	 * Deletes the namespaces of processes that are no more.
	 */
	static void deleteLeftovers() {
		names().filter((name) -> name.startsWith(PREFIX))
			.filter((name) -> ProcessHandle.of(Long.parseLong(name.split("-")[1])).isEmpty())
			.forEach(Namespace::delete);
	}

	private static void delete(String prefix) {
		names().filter((name) -> name.startsWith(prefix)).forEach((name) -> {
			Shell.run("ip netns pids " + name)
				.lines()
				.map(Long::parseLong)
				.flatMap((pid) -> ProcessHandle.of(pid).stream())
				.forEach((process) -> {
					process.destroyForcibly();
					process.onExit().join();
				});
			Shell.run("ip netns delete " + name);
		});
	}

	static Stream<String> names() {
		return Shell.run("ip netns list").lines().map((line) -> line.split(" ")[0]).toList().stream();
	}

}
