package io.github.connectionguard.neighbours.war;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a container deploys an application with the starter, takes it down so that
 * nothing of it is left, and deploys it again.
 */
@Tag("slow")
class WarTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	private final TestServer server = TestServer.shared();

	private final Archive.ClassPath classPath = Archive.ClassPath.ofThisProcess();

	@Test
	void nothingIsLeftOfAnApplicationThatIsTakenDown() throws Exception {
		String without = this.server.createDatabase();
		String with = this.server.createDatabase();
		LineTable linesWithout = LineTable.create(this.server, without);
		LineTable linesWith = LineTable.create(this.server, with);
		Path archiveWithout = archive(without, "");
		Path archiveWith = archive(with, ",io.github.connectionguard.autoconfigure");
		List<String> told = run(archiveWithout, archiveWith, archiveWith);
		assertThat(told.stream().filter((line) -> line.startsWith(Container.MARK))).as(String.join("\n", told))
			.hasSize(3)
			.allSatisfy((line) -> assertThat(line).isEqualTo(Container.MARK
					+ "STARTED, a write answered 200, a failure 500, STOPPED, nothing left: true, warnings: []"));
		assertThat(told).filteredOn((line) -> line.contains("Sessions run in mode 'unit'")).hasSize(2);
		assertThat(told).noneMatch((line) -> line.contains(" WARN "));
		assertThat(linesWithout.names()).containsExactly("undone", "written");
		assertThat(linesWith.names()).containsExactly("written", "written");
		assertThat(this.server.sessions(without)).isEmpty();
		assertThat(this.server.sessions(with)).isEmpty();
	}

	private Path archive(String database, String starter) throws IOException {
		return Archive.explode(this.folder.resolve(database), this.classPath,
				List.of("spring.datasource.url=" + this.server.jdbcUrl(database),
						"spring.datasource.username=" + this.server.username(),
						"spring.datasource.password=" + this.server.password(),
						"spring.datasource.hikari.maximum-pool-size=2", "spring.main.banner-mode=off",
						"neighbours.packages=org.springframework.boot.autoconfigure,org.springframework.boot.jdbc,"
								+ "org.springframework.boot.transaction,org.springframework.boot.servlet,"
								+ "org.springframework.boot.webmvc,org.springframework.boot.http.converter" + starter));
	}

	/**
	 * Have a container deploy archives, one after the other, and return what it tells.
	 */
	private List<String> run(Path... archives) throws Exception {
		Path log = this.folder.resolve("container.log");
		Path classes = this.classPath.copyOf(Container.class, this.folder.resolve("container"));
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				// Caches are no leaks
				"-XX:SoftRefLRUPolicyMSPerMB=0",
				// Its thread outlives every application that has Connector/J on board
				"-Dcom.mysql.cj.disableAbandonedConnectionCleanup=true",
				// What Tomcat looks into for leaks
				"--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
				"-cp", classes + File.pathSeparator + this.classPath.ofTomcat(), Container.class.getName(),
				this.folder.resolve("tomcat").toString()));
		Stream.of(archives).map(Path::toString).forEach(command::add);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(() -> String.join("\n", lines(log))).isTrue();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		return lines(log);
	}

	private static List<String> lines(Path log) {
		try {
			return Files.readAllLines(log);
		}
		catch (IOException ex) {
			return List.of(ex.toString());
		}
	}

}
