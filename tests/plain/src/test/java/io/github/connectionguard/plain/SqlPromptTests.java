package io.github.connectionguard.plain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;

import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a program that has the guard and no Spring.
 */
@Tag("extended")
class SqlPromptTests {

	private static final TestServer server = TestServer.start();

	/**
	 * HikariCP's default.
	 */
	private static final int POOL_SIZE = 10;

	private final String database = server.createDatabase();

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void killOfAllSessionsFailsNoQuery() throws Exception {
		try (RunningPrompt prompt = start("")) {
			server.kill(awaitFullPool());
			assertThatQueriesAreAnswered(prompt);
			Awaitility.await().untilAsserted(() -> assertThat(prompt.told()).anySatisfy(SqlPromptTests::isLoss));
		}
	}

	@Test
	void restartFailsNoLaterQuery() throws Exception {
		try (RunningPrompt prompt = start("")) {
			awaitFullPool();
			server.restart();
			assertThatQueriesAreAnswered(prompt);
		}
	}

	/**
	 * As quiet as the pool is another session, which the server ends.
	 */
	@Test
	void noSessionOfAQuietPoolIsEnded() throws Exception {
		String limit = "&sessionVariables=wait_timeout=8";
		try (RunningPrompt prompt = start(limit)) {
			awaitFullPool();
			assertThat(prompt.ask("SELECT @@wait_timeout")).isEqualTo("8");
			long ended = server.status("Aborted_clients");
			try (Connection quiet = DriverManager.getConnection(server.jdbcUrl("") + limit, server.username(),
					server.password())) {
				assertThat(quiet.isReadOnly()).isFalse();
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> server.status("Aborted_clients") > ended);
			}
			assertThat(server.status("Aborted_clients")).isEqualTo(ended + 1);
			assertThatQueriesAreAnswered(prompt);
			assertThat(prompt.told()).noneSatisfy(SqlPromptTests::isLoss);
		}
	}

	@Test
	void documentShowsThisProgram() throws IOException {
		String source = Files.readString(Path.of("src/main/java/io/github/connectionguard/plain/SqlPrompt.java"));
		String document = Files.readString(Path.of("../../docs/pools.md"));
		String main = document.substring(document.indexOf("public static void main"));
		assertThat(oneLine(source)).contains(oneLine(main.substring(0, main.indexOf("```"))));
	}

	private static String oneLine(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

	private static void assertThatQueriesAreAnswered(RunningPrompt prompt) throws InterruptedException {
		for (int i = 0; i < POOL_SIZE; i++) {
			assertThat(prompt.ask("SELECT " + i)).isEqualTo(String.valueOf(i));
		}
	}

	private static void isLoss(String line) {
		assertThat(line).startsWith("ConnectionLost[");
	}

	private RunningPrompt start(String parameters) throws Exception {
		return RunningPrompt.start(server.jdbcUrl(this.database) + parameters, server.username(), server.password());
	}

	private List<Long> awaitFullPool() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> server.sessions(this.database), (sessions) -> sessions.size() == POOL_SIZE);
	}

}
