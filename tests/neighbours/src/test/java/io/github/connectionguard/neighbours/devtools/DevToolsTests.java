package io.github.connectionguard.neighbours.devtools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that DevTools restart an application with the starter so that nothing is left of
 * what ran before.
 */
@Tag("slow")
class DevToolsTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable lines = LineTable.create(this.server, this.database);

	@Test
	void nothingIsLeftOfEarlierStarts() throws Exception {
		List<String> log = run(",io.github.connectionguard.autoconfigure");
		String start = "write 200, failure 500, threads 1";
		assertThat(seen(log)).as(String.join("\n", log))
			.containsExactly(start, start, start, start, "earlier starts are kept: false");
		assertThat(log).filteredOn((line) -> line.contains("Sessions run in mode 'unit'"))
			.hasSize(RestartedApplication.STARTS);
		assertThat(log).noneMatch((line) -> line.contains(" WARN "));
		assertThat(this.lines.names()).hasSize(RestartedApplication.STARTS).containsOnly("written");
		Awaitility.await().until(() -> this.server.sessions(this.database).isEmpty());
	}

	@Test
	void itIsTheSameWithoutTheStarter() throws Exception {
		List<String> log = run("");
		String start = "write 200, failure 500, threads 0";
		assertThat(seen(log)).as(String.join("\n", log))
			.containsExactly(start, start, start, start, "earlier starts are kept: false");
		assertThat(log).noneMatch((line) -> line.contains("Sessions run in mode") || line.contains(" WARN "));
		assertThat(this.lines.names("name = 'undone'")).hasSize(RestartedApplication.STARTS);
	}

	private static List<String> seen(List<String> log) {
		return log.stream()
			.filter((line) -> line.startsWith(RestartedApplication.MARK))
			.map((line) -> line.substring(RestartedApplication.MARK.length()))
			.toList();
	}

	private List<String> run(String starter) throws IOException, InterruptedException {
		Path log = this.folder.resolve("application.log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1",
				// Caches are no leaks
				"-XX:SoftRefLRUPolicyMSPerMB=0", "-cp", System.getProperty("java.class.path"),
				RestartedApplication.class.getName(), "--server.port=0", "--spring.main.banner-mode=off",
				"--spring.datasource.url=" + this.server.jdbcUrl(this.database),
				"--spring.datasource.username=" + this.server.username(),
				"--spring.datasource.password=" + this.server.password(),
				"--spring.datasource.hikari.maximum-pool-size=2", "--spring.main.web-application-type=servlet",
				"--spring.devtools.livereload.enabled=false",
				// Restarts when it asks for it, and not when a build changes its classes
				"--spring.devtools.restart.enabled=false",
				"--neighbours.packages=org.springframework.boot.autoconfigure,org.springframework.boot.jdbc,"
						+ "org.springframework.boot.transaction,org.springframework.boot.servlet,"
						+ "org.springframework.boot.tomcat,org.springframework.boot.webmvc,"
						+ "org.springframework.boot.http.converter,org.springframework.boot.devtools" + starter)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		return Files.readAllLines(log);
	}

}
