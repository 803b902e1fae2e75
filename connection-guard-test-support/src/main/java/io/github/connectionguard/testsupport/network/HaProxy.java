package io.github.connectionguard.testsupport.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/**
 * HAProxy on the router: each client has a proxy of its own there, with the same servers
 * behind it.
 */
public final class HaProxy implements AutoCloseable {

	/**
	 * The port at which it listens.
	 */
	public static final int PORT = 3306;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Path folder;

	private final Process process;

	private HaProxy(Path folder, Process process) {
		this.folder = folder;
		this.process = process;
	}

	/**
	 * Starts HAProxy.
	 * @param network the network whose router it runs on
	 * @param settings lines of its section {@code defaults}
	 * @param servers lines that begin with the word {@code server}
	 * @return the running proxy
	 */
	public static HaProxy start(Network network, String settings, String servers) {
		Requirements.requireCommand("haproxy", "haproxy");
		try {
			// relative, as the path of a socket may not be long
			Path folder = Files.createTempDirectory(Requirements.folder(), "haproxy");
			String listen = "listen %s\n bind 10.77.%d.1:" + PORT + "\n" + servers + "\n";
			Path configuration = Files.writeString(folder.resolve("configuration"),
					"global\n stats socket unix@" + folder.resolve("socket") + " level admin\ndefaults\n mode tcp\n"
							+ settings + "\n" + listen.formatted("first", 1) + listen.formatted("second", 2));
			Process process = network.atRouter(
					() -> new ProcessBuilder("haproxy", "-db", "-f", configuration.toString()).redirectErrorStream(true)
						.redirectOutput(folder.resolve("log").toFile())
						.start());
			awaitSocket(folder, process);
			return new HaProxy(folder, process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitSocket(Path folder, Process process) throws IOException {
		await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("socket")) || !process.isAlive());
		if (!process.isAlive()) {
			throw new IllegalStateException("HAProxy ended: " + Files.readString(folder.resolve("log")));
		}
	}

	/**
	 * Gives it a command for both clients' proxies.
	 * @param command the command, with {@code %s} for the name of the proxy
	 */
	public void command(String command) {
		tell(command.formatted("first"));
		tell(command.formatted("second"));
	}

	private void tell(String command) {
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.connect(UnixDomainSocketAddress.of(this.folder.resolve("socket")));
			channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
			ByteBuffer answer = ByteBuffer.allocate(4096);
			while (channel.read(answer) >= 0 && answer.hasRemaining()) {
				continue;
			}
			String text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).strip();
			if (!text.isEmpty()) {
				throw new IllegalStateException("HAProxy says to '" + command + "': " + text);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
		try {
			for (String file : new String[] { "configuration", "socket", "log" }) {
				Files.deleteIfExists(this.folder.resolve(file));
			}
			Files.delete(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
