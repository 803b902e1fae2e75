package io.github.connectionguard.requests;

import java.util.concurrent.TimeUnit;

import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests that hold a connection for long outside of a transaction.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowInRequestTests {

	private static final String TOLD = "Advice (slow-in-request): " + SlowController.class.getName() + ".";

	private final TestServer server = TestServer.shared();

	private final RequestsApp app = RequestsApp.startWith(SlowController.class, this.server,
			this.server.createDatabase());

	@BeforeAll
	void awaitPool() {
		Awaitility.await()
			.until(() -> this.app.bean(GuardedPools.class).pools().iterator().next().ledger().knowsBoundaries());
	}

	@AfterAll
	void stopApplication() {
		this.app.close();
	}

	@Test
	void statementThatTakesLongIsToldOnceWithItsPlace(CapturedOutput output) throws Exception {
		assertThat(this.app.get("/slow/statement").statusCode()).isEqualTo(200);
		assertThat(this.app.get("/slow/statement").statusCode()).isEqualTo(200);
		assertThat(output)
			.containsOnlyOnce(TOLD + "statement has held a connection for more than a second of a request, "
					+ "outside of a transaction, for a statement that takes as long; have the server answer it sooner");
	}

	@Test
	void workBesideAnOpenUnitIsToldWithItsPlace(CapturedOutput output) throws Exception {
		assertThat(this.app.get("/slow/after-write").statusCode()).isEqualTo(200);
		assertThat(output).containsOnlyOnce(TOLD + "sleep has held a connection for more than a second of a request, "
				+ "outside of a transaction, while it does something else; do that before ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/slow/after-read", "/slow/transaction" })
	void nothingIsToldOf(String path, CapturedOutput output) throws Exception {
		assertThat(this.app.get(path).statusCode()).isEqualTo(200);
		assertThat(output).doesNotContain("slow-in-request");
	}

	/**
	 * Handlers that take a second and a half.
	 */
	@RestController
	static class SlowController {

		private final JdbcTemplate jdbc;

		SlowController(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/slow/statement")
		String statement() {
			return String.valueOf(this.jdbc.queryForObject("SELECT SLEEP(2)", Integer.class));
		}

		@GetMapping("/slow/after-write")
		String afterWrite() throws InterruptedException {
			this.jdbc.update("INSERT INTO line (name) VALUES ('a')");
			return sleep();
		}

		@GetMapping("/slow/after-read")
		String afterRead() throws InterruptedException {
			this.jdbc.queryForList("SELECT name FROM line");
			return sleep();
		}

		@Transactional
		@GetMapping("/slow/transaction")
		String transaction() {
			return String.valueOf(this.jdbc.queryForObject("SELECT SLEEP(2)", Integer.class));
		}

		private static String sleep() throws InterruptedException {
			TimeUnit.SECONDS.sleep(2);
			return "slept";
		}

	}

}
