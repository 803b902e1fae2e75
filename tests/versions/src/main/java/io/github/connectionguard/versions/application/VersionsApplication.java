package io.github.connectionguard.versions.application;

import java.util.concurrent.Callable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts, checks what the guard promises of it, says so, and ends.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class VersionsApplication {

	/**
	 * What precedes a promise that is kept.
	 */
	public static final String KEPT = "Kept: ";

	/**
	 * What precedes a promise that is not, and why.
	 */
	public static final String BROKEN = "Broken: ";

	/**
	 * Run the application.
	 * @param arguments its properties
	 * @throws Exception if it cannot even begin to check
	 */
	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(VersionsApplication.class, arguments);
				Promises promises = new Promises(context)) {
			check("start", () -> true);
			check("commit", promises::handlerThatReturnsCommits);
			check("rollback", promises::handlerThatThrowsRollsBack);
			check("health", promises::healthAnswers);
			check("endpoint", promises::endpointAnswers);
			check("deferral", promises::transactionTellsNothingButItsEnd);
			check("kill", promises::killedConnectionsAreNotLent);
			check("quiet", promises::quietConnectionsWork);
			check("hold", promises::heldConnectionOutlivesWaitTimeout);
		}
	}

	private static void check(String promise, Callable<Boolean> check) {
		String broken = "false";
		try {
			if (check.call()) {
				System.out.println(KEPT + promise);
				return;
			}
		}
		catch (Exception | LinkageError ex) {
			ex.printStackTrace(System.out);
			broken = ex.toString();
		}
		System.out.println(BROKEN + promise + ": " + broken);
	}

	/**
	 * Handlers that write a row, without a transaction of their own.
	 */
	@RestController
	static class Rows {

		private final JdbcTemplate jdbc;

		Rows(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@PostMapping("/rows/{id}")
		String write(@PathVariable("id") long id) {
			this.jdbc.update("INSERT INTO entry (id) VALUES (?)", id);
			return "written";
		}

		@PostMapping("/rows/{id}/broken")
		String writeAndThrow(@PathVariable("id") long id) {
			write(id);
			throw new IllegalStateException("thrown on purpose");
		}

	}

}
