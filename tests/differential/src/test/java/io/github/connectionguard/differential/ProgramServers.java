package io.github.connectionguard.differential;

import java.util.stream.Stream;

import io.github.connectionguard.testsupport.TestServer;
import org.jspecify.annotations.Nullable;

/**
 * The servers that programs run on, which do not wait for their disks. MariaDB encrypts
 * on one of its own.
 */
final class ProgramServers implements AutoCloseable {

	private @Nullable TestServer server;

	private @Nullable TestServer encrypting;

	synchronized TestServer of(Setup setup) {
		return (setup.encrypted() && isMariaDb()) ? encrypting() : server();
	}

	synchronized boolean isMariaDb() {
		return server().isMariaDb();
	}

	private TestServer server() {
		TestServer started = this.server;
		if (started == null) {
			started = start();
			this.server = started;
		}
		return started;
	}

	private TestServer encrypting() {
		TestServer started = this.encrypting;
		if (started == null) {
			started = start("--ssl=ON");
			this.encrypting = started;
		}
		return started;
	}

	private static TestServer start(String... options) {
		return TestServer
			.start(Stream.concat(Stream.of("--skip-log-bin", "--innodb-flush-log-at-trx-commit=0"), Stream.of(options))
				.toArray(String[]::new));
	}

	@Override
	public void close() {
		for (TestServer started : new TestServer[] { this.server, this.encrypting }) {
			if (started != null) {
				started.close();
			}
		}
	}

}
