package io.github.connectionguard.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A web server on this machine that is asked the same thing again and again, by several
 * clients at once, each on a connection it keeps. The clients do as little as possible,
 * as they run on the server's processors.
 */
final class LoadedServer {

	private static final int CLIENTS = 8;

	private static final String OK = "HTTP/1.1 200";

	private static final String LENGTH = "content-length: ";

	private static final String END_OF_HEADERS = "\r\n\r\n";

	private final int port;

	LoadedServer(int port) {
		this.port = port;
	}

	/**
	 * Ask for a path for some time.
	 * @return how many requests a second were answered
	 */
	double requestsPerSecond(String path, Duration time) throws InterruptedException, ExecutionException {
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			long begin = System.nanoTime();
			List<Future<Integer>> counts = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				counts.add(clients.submit(() -> ask(path, begin + time.toNanos())));
			}
			int requests = 0;
			for (Future<Integer> count : counts) {
				requests += count.get();
			}
			return requests * 1e9 / (System.nanoTime() - begin);
		}
		finally {
			clients.shutdownNow();
		}
	}

	private int ask(String path, long end) throws IOException {
		byte[] request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path)
			.getBytes(StandardCharsets.US_ASCII);
		byte[] buffer = new byte[4096];
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setTcpNoDelay(true);
			int requests = 0;
			while (System.nanoTime() - end < 0) {
				socket.getOutputStream().write(request);
				readAnswer(socket.getInputStream(), buffer);
				requests++;
			}
			return requests;
		}
	}

	private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
		int length = 0;
		do {
			int read = in.read(buffer, length, buffer.length - length);
			if (read <= 0) {
				throw new EOFException("No answer");
			}
			length += read;
		}
		while (!isWhole(new String(buffer, 0, length, StandardCharsets.ISO_8859_1)));
	}

	private static boolean isWhole(String answer) {
		if (!answer.startsWith(OK)) {
			throw new IllegalStateException("Answered with " + answer.lines().findFirst().orElse("nothing"));
		}
		int headers = answer.indexOf(END_OF_HEADERS);
		if (headers < 0) {
			return false;
		}
		int length = answer.toLowerCase(Locale.ROOT).indexOf(LENGTH) + LENGTH.length();
		int body = Integer.parseInt(answer.substring(length, answer.indexOf('\r', length)));
		return answer.length() == headers + END_OF_HEADERS.length() + body;
	}

}
