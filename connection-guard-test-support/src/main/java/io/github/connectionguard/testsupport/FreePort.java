package io.github.connectionguard.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that will be down at times.
 * <p>
 * It is below those that systems hand out to clients. With one of those, a client that
 * tries to reach the server while it is down can be given the server's own port: it then
 * talks to itself, and the server cannot start.
 */
final class FreePort {

	private static final int LOWEST = 20_000;

	private static final int BEYOND = 32_000;

	private static final int ATTEMPTS = 100;

	private FreePort() {
	}

	static int find() {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int candidate = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
			if (isFree(candidate)) {
				return candidate;
			}
		}
		throw new IllegalStateException("Found no free port from " + LOWEST + " to " + BEYOND);
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
