package io.github.connectionguard.testsupport;

import java.nio.file.Path;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Where servers come from.
 */
interface ServerSource {

	/**
	 * The environment variable that names the executable of a server.
	 */
	String EXECUTABLE = "CONNECTION_GUARD_MYSQLD";

	/**
	 * Starts a server and returns when it lets somebody log in.
	 * @param options options of the server
	 * @return the running server
	 */
	DatabaseServer start(List<String> options);

	/**
	 * Returns the best source this machine has. Which one that is, is found out and
	 * logged once.
	 * @return the source
	 */
	static ServerSource ofThisMachine() {
		return Choice.SOURCE;
	}

	/**
	 * Holds the choice once it is made.
	 */
	final class Choice {

		private static final Logger logger = LoggerFactory.getLogger(ServerSource.class);

		static final ServerSource SOURCE = choose();

		private Choice() {
		}

		private static ServerSource choose() {
			String executable = System.getenv(EXECUTABLE);
			if (executable != null && !executable.isBlank()) {
				ServerInstallation installation = ServerInstallation.of(Path.of(executable.strip()));
				logger.info("Test servers are processes of {} ({})", executable, installation.version());
				return (options) -> new ServerProcess(installation, options);
			}
			if (DockerClientFactory.instance().isDockerAvailable()) {
				logger.info("Test servers are containers of {}, as {} is not set", ServerContainer.IMAGE, EXECUTABLE);
				return ServerContainer::new;
			}
			ServerInstallation installation = EmbeddedMariaDb.unpack();
			logger.info("Test servers are processes of the embedded MariaDB ({}), as {} is not set and there is "
					+ "no Docker", installation.version(), EXECUTABLE);
			return (options) -> new ServerProcess(installation, options);
		}

	}

}
