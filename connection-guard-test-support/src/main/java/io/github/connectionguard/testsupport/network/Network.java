package io.github.connectionguard.testsupport.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Two clients, a server and the router between them, each a network namespace of its own.
 * What happens to the path happens to both clients in the same moment.
 * <p>
 * The addresses exist in these namespaces alone, which have no way out.
 */
public final class Network implements AutoCloseable {

	/**
	 * The address of the server.
	 */
	public static final String SERVER = "10.77.9.2";

	private static final String NO_RULES = """
			table ip guard {
				chain translate {
					type nat hook postrouting priority srcnat;
				}
				chain track {
					type filter hook forward priority -1;
				}
				chain path {
					type filter hook forward priority 0;
				}
			}
			""";

	private final Path hosts;

	private final Namespace router;

	private final Namespace server;

	private final Client first;

	private final Client second;

	private @Nullable DelayLine line;

	/**
	 * Creates the network, which works.
	 */
	public Network() {
		Requirements.check();
		this.hosts = hosts();
		this.router = new Namespace("router", null);
		this.server = new Namespace("server", this.hosts);
		this.router.set("net.ipv4.ip_forward", 1);
		connect(this.server, "server", 9);
		this.first = new Client(client("first", 1), address(1));
		this.second = new Client(client("second", 2), address(2));
		this.router.rules(NO_RULES);
	}

	private static Path hosts() {
		try {
			Path file = Files.createTempFile(Requirements.folder(), "hosts", "").toAbsolutePath();
			return Files.writeString(file, "127.0.0.1 localhost\n%s first.client\n%s second.client\n10.77.9.1 router\n"
				.formatted(address(1), address(2)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Namespace client(String name, int network) {
		Namespace client = new Namespace(name, null);
		connect(client, name, network);
		return client;
	}

	private void connect(Namespace end, String name, int network) {
		this.router.ip("link add " + name + " type veth peer name eth0 netns " + end.name());
		this.router.ip("address add 10.77." + network + ".1/24 dev " + name);
		this.router.set("net.ipv4.conf." + name + ".rp_filter", 0);
		this.router.ip("link set " + name + " up");
		end.ip("address add " + address(network) + "/24 dev eth0");
		end.ip("link set eth0 up");
		end.ip("route add default via 10.77." + network + ".1");
	}

	private static String address(int network) {
		return "10.77." + network + ".2";
	}

	public Client first() {
		return this.first;
	}

	public Client second() {
		return this.second;
	}

	/**
	 * Calls something in the server's network.
	 * @param <T> the type of the result
	 * @param work what to call
	 * @return its result
	 */
	public <T> T atServer(Callable<T> work) {
		return this.server.call(work);
	}

	/**
	 * Calls something in the router's network.
	 * @param <T> the type of the result
	 * @param work what to call
	 * @return its result
	 */
	public <T> T atRouter(Callable<T> work) {
		return this.router.call(work);
	}

	/**
	 * Loses everything, both ways.
	 */
	public void cut() {
		path("drop");
	}

	/**
	 * Loses what the server sends.
	 */
	public void loseReplies() {
		path("ip saddr " + SERVER + " drop");
	}

	/**
	 * Loses packets at random, both ways.
	 * @param percent how many of a hundred
	 */
	public void lose(int percent) {
		path("numgen random mod 100 < " + percent + " drop");
	}

	/**
	 * Answers whatever is sent to the server with a reset.
	 */
	public void reset() {
		path("ip daddr " + SERVER + " meta l4proto tcp reject with tcp reset");
	}

	/**
	 * Answers whatever is sent to the server with word that its host cannot be reached.
	 */
	public void loseHost() {
		path("ip daddr " + SERVER + " reject with icmp type host-unreachable");
	}

	/**
	 * Ends what {@link #cut}, {@link #loseReplies}, {@link #lose}, {@link #reset} or
	 * {@link #loseHost} began.
	 */
	public void restore() {
		path("");
	}

	private void path(String rule) {
		this.router
			.rules("flush chain ip guard path\n" + (rule.isEmpty() ? "" : "add rule ip guard path " + rule + "\n"));
	}

	/**
	 * Has packets take longer from now on.
	 * @param roundTrip how much longer there and back
	 */
	public void delay(Duration roundTrip) {
		if (this.line == null) {
			this.line = DelayLine.in(this.router, "first", "second", "server");
		}
		this.line.delay(roundTrip.dividedBy(2));
	}

	/**
	 * Follows connections from now on, and forgets those that are quiet.
	 * @param limit how long they may be quiet
	 * @param memory what becomes of packets of forgotten ones
	 */
	public void forgetAfter(Duration limit, Memory memory) {
		this.router.set("net.netfilter.nf_conntrack_tcp_timeout_established", (int) limit.toSeconds());
		this.router.set("net.netfilter.nf_conntrack_tcp_loose", (memory == Memory.TAKES_UP_AGAIN) ? 1 : 0);
		this.router
			.rules("add rule ip guard track ct state invalid " + ((memory == Memory.DROPS) ? "drop" : "accept") + "\n");
		if (memory == Memory.TRANSLATES) {
			this.router.rules("add rule ip guard translate oifname \"server\" masquerade\n");
		}
	}

	@Override
	public void close() {
		if (this.line != null) {
			this.line.close();
		}
		this.first.namespace().close();
		this.second.namespace().close();
		this.server.close();
		this.router.close();
		try {
			Files.deleteIfExists(this.hosts);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What becomes of the packets of a connection that a router has forgotten.
	 */
	public enum Memory {

		/** They are dropped. */
		DROPS,

		/** They pass. */
		LETS_PASS,

		/** They pass, and the connection is known again. */
		TAKES_UP_AGAIN,

		/** They pass without the translation of addresses that all others get. */
		TRANSLATES

	}

}
