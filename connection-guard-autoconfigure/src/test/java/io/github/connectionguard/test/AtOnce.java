package io.github.connectionguard.test;

import java.sql.SQLException;
import java.time.Duration;

import io.github.connectionguard.testsupport.TestServer;

/**
 * What counts as at once on a machine that may be busy with other things.
 */
public final class AtOnce {

	private static final int LOGINS = 10;

	private AtOnce() {
	}

	/**
	 * Return how long something may take at most, now.
	 * @param server a server that answers
	 * @param idle how long it may take on an idle machine
	 * @return that, or as long as ten logins take if that is longer
	 */
	public static Duration on(TestServer server, Duration idle) {
		long begin = System.nanoTime();
		try {
			for (int i = 0; i < LOGINS; i++) {
				server.connect("").close();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		Duration logins = Duration.ofNanos(System.nanoTime() - begin);
		return (logins.compareTo(idle) > 0) ? logins : idle;
	}

}
