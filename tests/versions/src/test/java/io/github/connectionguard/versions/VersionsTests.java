package io.github.connectionguard.versions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.versions.Combination.Product;
import io.github.connectionguard.versions.application.VersionsApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that the guard keeps its promises with each combination of versions that
 * {@code docs/versions.md} lists, as far as that says. What it does there is written into
 * the document. Several applications run at once, since each waits for most of the time.
 */
@Tag("versions")
class VersionsTests {

	private static final Path DOCUMENT = Path.of("../../docs/versions.md");

	private static final int AT_ONCE = 3;

	private static final int PROMISES = 9;

	private static final ExecutorService applications = Executors.newFixedThreadPool(AT_ONCE);

	@TempDir
	static Path folder = Path.of("");

	@AfterAll
	static void stop() {
		applications.shutdownNow();
	}

	@TestFactory
	Stream<DynamicTest> guardKeepsItsPromisesAsFarAsTheDocumentSays() {
		VersionsDocument document = new VersionsDocument(DOCUMENT);
		Map<Combination, String> combinations = document.combinations(System.getProperty("versions.section", ""));
		assertThat(combinations).isNotEmpty();
		Map<Combination, String> classPaths = ClassPaths.resolve(List.copyOf(combinations.keySet()),
				newFolder("class-paths"));
		List<DynamicTest> tests = new ArrayList<>();
		combinations.forEach((combination, guard) -> {
			Path own = newFolder("application-" + tests.size());
			Future<Optional<Outcome>> outcome = applications
				.submit(() -> run(combination, String.valueOf(classPaths.get(combination)), own));
			tests.add(DynamicTest.dynamicTest(combination.toString(),
					() -> check(combination, guard, outcome.get(), document)));
		});
		return tests.stream();
	}

	private static void check(Combination combination, String documented, Optional<Outcome> found,
			VersionsDocument document) {
		if (found.isEmpty()) {
			System.out.println(combination + ": NOT RUN, as this machine lacks the JDK or the server");
		}
		assumeThat(found).isPresent();
		Outcome outcome = found.orElseThrow();
		System.out.println(combination + ": " + (outcome.broken().isEmpty() ? outcome.guard() : outcome.broken()));
		assertThat(outcome.broken()).as(outcome.text()).isEmpty();
		assertThat(outcome.kept()).as(outcome.text()).isEqualTo(PROMISES);
		if (!outcome.guard().equals(documented)) {
			document.write(combination, outcome.guard());
		}
		assertThat(outcome.guard()).as("what the document said until now").isEqualTo(documented);
	}

	private static Optional<Outcome> run(Combination combination, String classPath, Path own) {
		Optional<JavaHome> java = JavaHome.of(combination.java());
		if (java.isEmpty()) {
			return Optional.empty();
		}
		Optional<TestServer> started = TestServer.startRelease(combination.server());
		if (started.isEmpty()) {
			return Optional.empty();
		}
		try (TestServer server = started.get()) {
			return Optional.of(run(combination, java.get(), classPath, server, own));
		}
	}

	private static Outcome run(Combination combination, JavaHome java, String classPath, TestServer server, Path own) {
		List<String> properties = List.of("--spring.datasource.url=" + url(combination, server),
				"--spring.datasource.username=" + server.username(),
				"--spring.datasource.password=" + server.password(), "--spring.datasource.hikari.maximum-pool-size=4",
				"--server.port=0", "--management.endpoints.web.exposure.include=*",
				"--management.endpoint.health.show-details=always");
		List<String> command = new ArrayList<>(
				List.of(java.executable(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		if (combination.aheadOfTime()) {
			command.addAll(
					List.of("-Dspring.aot.enabled=true", "-cp", AheadOfTime.process(java, classPath, properties, own)));
		}
		else {
			command.addAll(List.of("-cp", classPath));
		}
		command.add(VersionsApplication.class.getName());
		command.addAll(properties);
		return new Outcome(ChildProcess.run(new ProcessBuilder(command), own.resolve("application.log")));
	}

	private static String url(Combination combination, TestServer server) {
		String database = server.createDatabase();
		return (combination.driver().product() == Product.MYSQL) ? server.jdbcUrl(database)
				: "jdbc:mariadb://%s:%d/%s?sslMode=disable".formatted(server.host(), server.port(), database);
	}

	private static Path newFolder(String name) {
		try {
			return Files.createDirectory(folder.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
