package io.github.connectionguard.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * An installed server and the empty data folder of its kind, made once and then copied.
 */
final class ServerInstallation {

	static final String USERNAME = "guard";

	static final String MARIADB = "MariaDB";

	private static final String DATA = "data";

	private static final String ACCOUNT = """
			CREATE USER '%1$s'@'%%' IDENTIFIED BY '%2$s';
			GRANT ALL ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
			""".formatted(USERNAME, DatabaseServer.PASSWORD);

	private static final int PATIENCE_SECONDS = 120;

	private final Path executable;

	private final Map<String, String> environment;

	private final String version;

	private @Nullable Path emptyData;

	private ServerInstallation(Path executable, Map<String, String> environment) {
		this.executable = executable;
		this.environment = environment;
		this.version = firstLine(run(List.of("--version"), TemporaryResources.newFolder("version"), ""));
	}

	/**
	 * Finds out what an executable is.
	 * @param executable a {@code mysqld} or {@code mariadbd}, or a script that becomes
	 * one by {@code exec} and sees to it that no option files are read
	 * @return the installation
	 */
	static ServerInstallation of(Path executable) {
		return of(executable, Map.of());
	}

	static ServerInstallation of(Path executable, Map<String, String> environment) {
		if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
			throw new IllegalStateException("'" + executable + "' is not an executable file");
		}
		try {
			return new ServerInstallation(executable.toRealPath(), environment);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String version() {
		return this.version;
	}

	boolean isMariaDb() {
		return this.version.contains(MARIADB);
	}

	/**
	 * Tells whether the server is of a release.
	 * @param release a product and release, such as {@code MySQL 9.7}
	 * @return whether it is
	 */
	boolean is(String release) {
		String product = isMariaDb() ? MARIADB : "MySQL";
		return release.startsWith(product + " ")
				&& this.version.contains(" Ver " + release.substring(product.length() + 1) + ".");
	}

	/**
	 * Returns the command that runs the server in a folder of its own.
	 * @param folder the folder, which was filled
	 * @param options further options
	 * @return the command, not yet started
	 */
	ProcessBuilder command(Path folder, List<String> options) {
		List<String> arguments = new ArrayList<>();
		arguments.add("--datadir=" + folder.resolve(DATA));
		// not shared, as MariaDB clears it when it starts
		arguments.add("--tmpdir=" + folder);
		arguments.add("--innodb-buffer-pool-size=32M");
		if ("root".equals(System.getProperty("user.name"))) {
			arguments.add("--user=root");
		}
		arguments.addAll(isMariaDb() ? mariaDbOptions() : mySqlOptions());
		arguments.addAll(options);
		return command(arguments);
	}

	/**
	 * Fills the folder of a new server: no database, one account.
	 * @param folder the folder
	 */
	synchronized void fill(Path folder) {
		if (this.emptyData == null) {
			this.emptyData = initialise(TemporaryResources.newFolder("empty"));
		}
		copy(this.emptyData, folder.resolve(DATA));
	}

	private Path initialise(Path folder) {
		try {
			Path data = Files.createDirectory(folder.resolve(DATA));
			if (isMariaDb()) {
				run(command(folder, List.of("--bootstrap", "--skip-networking")), folder, mariaDbSystemTables());
			}
			else {
				Path account = Files.writeString(folder.resolve("account.sql"), ACCOUNT);
				run(command(folder, List.of("--initialize-insecure", "--init-file=" + account)), folder, "");
				// the identity of the server, which no two may share
				Files.delete(data.resolve("auto.cnf"));
			}
			return data;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot initialise a data folder for " + this.executable, ex);
		}
	}

	private List<String> mySqlOptions() {
		// By default it fills hundreds of megabytes with zeros at each start
		return List.of("--innodb-redo-log-capacity=64M", "--mysqlx=OFF", "--secure-file-priv=NULL",
				"--innodb-log-buffer-size=1M", "--performance-schema-digests-size=1000",
				"--performance-schema-events-statements-history-long-size=10");
	}

	private List<String> mariaDbOptions() {
		Path share = share();
		// Unless told otherwise MariaDB makes itself a TLS key at each start, which
		// takes between one second and twenty
		return List.of("--basedir=" + base(), "--lc-messages-dir=" + share,
				"--character-sets-dir=" + share.resolve("charsets"), "--innodb-log-file-size=16M",
				"--innodb-buffer-pool-load-at-startup=OFF", "--skip-ssl");
	}

	private String mariaDbSystemTables() throws IOException {
		StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
		for (String script : List.of("system_tables", "performance_tables", "system_tables_data")) {
			sql.append(Files.readString(script(share(), script))).append('\n');
		}
		return sql.append("FLUSH PRIVILEGES;\n").append(ACCOUNT).toString();
	}

	/**
	 * Returns where the server's files are: around it, or unpacked beside a script.
	 */
	private Path base() {
		Path unpacked = this.executable.resolveSibling("root/usr");
		return Files.isDirectory(unpacked) ? unpacked : this.executable.resolve("../..").normalize();
	}

	private Path share() {
		return Stream.of("share", "share/mysql", "share/mariadb")
			.map(base()::resolve)
			.filter((folder) -> Files.exists(script(folder, "system_tables")))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"There is no mariadb_system_tables.sql in the share folder beside '" + this.executable + "'"));
	}

	/**
	 * Returns a script of the system tables, whose name MariaDB 11 has changed.
	 */
	private static Path script(Path share, String name) {
		Path current = share.resolve("mariadb_" + name + ".sql");
		return Files.exists(current) ? current : share.resolve("mysql_" + name + ".sql");
	}

	private ProcessBuilder command(List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(this.executable.toString());
		if (!isScript()) {
			command.add("--no-defaults");
		}
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(this.environment);
		return builder;
	}

	private boolean isScript() {
		try (InputStream file = Files.newInputStream(this.executable)) {
			return new String(file.readNBytes(2), StandardCharsets.ISO_8859_1).equals("#!");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String run(List<String> arguments, Path folder, String input) {
		return run(command(arguments), folder, input);
	}

	private static String run(ProcessBuilder builder, Path folder, String input) {
		try {
			Path in = Files.writeString(folder.resolve("input"), input);
			Path out = folder.resolve("output");
			Process process = TemporaryResources.start(builder.redirectInput(in.toFile()).redirectOutput(out.toFile()),
					folder);
			boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
			TemporaryResources.kill(process);
			Files.delete(folder.resolve("pid"));
			String output = Files.readString(out, StandardCharsets.ISO_8859_1);
			if (!ended || process.exitValue() != 0) {
				throw new IllegalStateException(String.join(" ", builder.command()) + " "
						+ (ended ? "failed" : "did not end") + ":\n" + output);
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + builder.command(), ex);
		}
	}

	private static void copy(Path from, Path to) {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Files.copy(file, to.resolve(from.relativize(file).toString()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot copy " + from, ex);
		}
	}

	private static String firstLine(String output) {
		return output.lines().findFirst().orElse("").strip();
	}

}
