package io.github.connectionguard.testsupport;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The servers of this machine, by their release.
 */
final class ServerReleases {

	/**
	 * The environment variable that names the executables of further servers, separated
	 * as in a path.
	 */
	static final String FURTHER = "CONNECTION_GUARD_FURTHER_SERVERS";

	private ServerReleases() {
	}

	/**
	 * Finds a server, if need be the embedded one.
	 * @param release its product and release, such as {@code MariaDB 11.4}
	 * @return the server, empty if this machine has none of the release
	 */
	static Optional<ServerInstallation> find(String release) {
		Optional<ServerInstallation> named = Named.SERVERS.stream().filter((server) -> server.is(release)).findFirst();
		return named.or(() -> release.startsWith(ServerInstallation.MARIADB)
				? Optional.of(Embedded.SERVER).filter((server) -> server.is(release)) : Optional.empty());
	}

	/**
	 * Holds the servers that environment variables name.
	 */
	private static final class Named {

		static final List<ServerInstallation> SERVERS = Stream.of(ServerSource.EXECUTABLE, FURTHER)
			.flatMap((variable) -> Stream.ofNullable(System.getenv(variable)))
			.flatMap((value) -> Stream.of(value.split(File.pathSeparator)))
			.filter((executable) -> !executable.isBlank())
			.map((executable) -> ServerInstallation.of(Path.of(executable.strip())))
			.toList();

	}

	/**
	 * Holds the embedded server once it is unpacked.
	 */
	private static final class Embedded {

		static final ServerInstallation SERVER = EmbeddedMariaDb.unpack();

	}

}
