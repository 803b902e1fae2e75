package io.github.connectionguard.testsupport.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a machine needs for networks of its own.
 */
final class Requirements {

	private static final Path IDENTITY = Path.of("/proc/self");

	private Requirements() {
	}

	/**
	 * Fails, with a sentence that says what is missing, where there can be none. Whoever
	 * asked for tests on them shall not believe that they passed.
	 */
	static void check() {
		require("Linux".equals(System.getProperty("os.name")), "Linux");
		require("root".equals(System.getProperty("user.name")), "root, who may create network namespaces");
		require(Files.isDirectory(IDENTITY), "/proc");
		requireCommand("ip", "iproute2");
		requireCommand("nft", "nftables");
		require(System.getenv("CONNECTION_GUARD_MYSQLD") != null,
				"the environment variable CONNECTION_GUARD_MYSQLD, as a server has to run in a network namespace");
	}

	/**
	 * Fails, with a sentence that says so, where a command is missing.
	 * @param command the command
	 * @param debianPackage what to install on Debian
	 */
	static void requireCommand(String command, String debianPackage) {
		require(Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, command))),
				"the command '" + command + "' of the package " + debianPackage);
	}

	/**
	 * Returns the folder of this build for what is written about them.
	 * @return the folder
	 */
	static Path folder() {
		try {
			return Files.createDirectories(Path.of("target", "network"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void require(boolean met, String what) {
		if (!met) {
			throw new IllegalStateException("Real networks cannot be made here: they need " + what);
		}
	}

}
