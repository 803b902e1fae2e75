package io.github.connectionguard.benchmarks.startup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.connectionguard.testsupport.TestServer;

/**
 * One start of the application, in a process of its own.
 *
 * @param listening the seconds until it listened
 * @param answered the seconds until it had answered a request that reads
 */
record Start(double listening, double answered) {

	private static final String GUARD = "connection-guard-autoconfigure";

	static Start of(TestServer server, String database, boolean guarded) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath(guarded), PlainApplication.class.getName(), "--server.port=0", "--server.address=127.0.0.1",
				"--spring.datasource.url=" + server.jdbcUrl(database),
				"--spring.datasource.username=" + server.username(),
				"--spring.datasource.password=" + server.password())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			String[] told = told(output);
			if (Boolean.parseBoolean(told[1]) != guarded) {
				throw new IllegalStateException("The application is not as guarded as it was to be");
			}
			double listening = since(begin);
			ask(Integer.parseInt(told[0]));
			return new Start(listening, since(begin));
		}
		finally {
			process.getOutputStream().close();
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
	}

	private static String classPath(boolean guarded) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> guarded || !entry.contains(GUARD))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static double since(long begin) {
		return (System.nanoTime() - begin) / 1e9;
	}

	private static String[] told(BufferedReader output) throws IOException {
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(PlainApplication.LISTENING)) {
				return line.substring(PlainApplication.LISTENING.length()).split(" ");
			}
		}
		throw new IOException("The application ended before it listened");
	}

	private static void ask(int port) throws IOException {
		try (InputStream answer = URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
			if (!new String(answer.readAllBytes(), StandardCharsets.UTF_8).equals("1")) {
				throw new IOException("The application answered something else");
			}
		}
	}

}
