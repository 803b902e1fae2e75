package io.github.connectionguard.testsupport;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The wait for a server that starts, which is over when it has let somebody log in.
 */
final class FirstLogin {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final long POLL_MILLIS = 20;

	private FirstLogin() {
	}

	/**
	 * Waits until a server lets somebody log in.
	 * @param server the server
	 * @param alive whether it still runs, as there is nothing to wait for otherwise
	 * @param log the end of its log, for the error
	 * @throws IllegalStateException if nobody could log in
	 */
	static void await(DatabaseServer server, BooleanSupplier alive, Supplier<String> log) {
		String url = server.jdbcUrl("") + "&connectTimeout=2000&socketTimeout=2000";
		long begin = System.nanoTime();
		while (true) {
			try {
				DriverManager.getConnection(url, server.username(), DatabaseServer.PASSWORD).close();
				return;
			}
			catch (SQLException ex) {
				if (!alive.getAsBoolean()) {
					throw failure("ended at its start", log, ex);
				}
				if (System.nanoTime() - begin > PATIENCE.toNanos()) {
					throw failure("let nobody log in within " + PATIENCE.toSeconds() + " s", log, ex);
				}
			}
			pause();
		}
	}

	private static IllegalStateException failure(String what, Supplier<String> log, SQLException cause) {
		return new IllegalStateException("The server " + what + ". Its log ends with:\n" + log.get(), cause);
	}

	private static void pause() {
		try {
			Thread.sleep(POLL_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the server", ex);
		}
	}

}
