package io.github.connectionguard.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the alarms of a pool that is to detect leaks: they are those there would be
 * without a session.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class LeakAlarmTests {

	private static final String ALARM = "Connection leak detection triggered";

	/**
	 * The shortest that HikariCP allows.
	 */
	private static final Duration THRESHOLD = Duration.ofSeconds(2);

	private final TestServer server = TestServer.shared();

	@ParameterizedTest
	@ValueSource(strings = { "", "spring.datasource.connection-fetch=lazy" })
	void connectionThatWaitsForTheEndOfASessionIsNoLeak(String property, CapturedOutput output) {
		run(property, (context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("CREATE TABLE line (name VARCHAR(20))");
			context.getBean(DatabaseSessionScope.class).run(() -> {
				jdbc.update("INSERT INTO line VALUES ('first')");
				new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
					.executeWithoutResult((status) -> jdbc.update("INSERT INTO line VALUES ('second')"));
				jdbc.update("INSERT INTO line VALUES ('third')");
				callSomethingSlow();
			});
			assertThat(output).doesNotContain(ALARM);
		});
	}

	@Test
	void transactionThatTakesTooLongIsReported(CapturedOutput output) {
		run("", (context) -> context.getBean(DatabaseSessionScope.class)
			.run(() -> new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((status) -> {
					context.getBean(JdbcTemplate.class).execute("SELECT 1");
					Awaitility.await().untilAsserted(() -> assertThat(output).contains(ALARM));
				})));
	}

	private void callSomethingSlow() throws SQLException {
		try (Connection other = this.server.connect(""); Statement statement = other.createStatement()) {
			statement.execute("DO SLEEP(" + THRESHOLD.plusSeconds(1).toSeconds() + ")");
		}
	}

	private void run(String property, ContextConsumer<AssertableApplicationContext> test) {
		GuardedApplication.on(this.server, this.server.createDatabase())
			.withPropertyValues(property.isEmpty() ? "a=b" : property,
					"spring.datasource.hikari.leak-detection-threshold=" + THRESHOLD.toMillis())
			.run((context) -> {
				assertThat(context).hasNotFailed();
				test.accept(context);
			});
	}

}
