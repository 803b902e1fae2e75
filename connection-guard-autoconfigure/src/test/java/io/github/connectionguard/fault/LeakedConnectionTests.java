package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.github.connectionguard.diagnosis.RetirementCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is told of connections that were not given back.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class LeakedConnectionTests {

	private static final String PLACE = LeakedConnectionTests.class.getName() + ".";

	private final TestServer server = TestServer.shared();

	private final ApplicationContextRunner runner = GuardedApplication.on(this.server, this.server.createDatabase());

	@Test
	void leakIsToldWithItsNumbersAndTheNextOneWithItsPlace(CapturedOutput output) {
		this.runner.run((context) -> {
			leak(context);
			leak(context);
			List<GuardEvent.ConnectionLeaked> leaks = GuardedApplication.events(context,
					GuardEvent.ConnectionLeaked.class);
			assertThat(leaks).hasSize(2).allSatisfy((leaked) -> {
				assertThat(leaked.held()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
				assertThat(leaked.description()).matches(
						"whoever borrowed it did not give it back, and it was taken " + "out of the pool: borrowed "
								+ seconds(leaked.held()) + " ago, quiet in use for " + "(0\\.[3-9]|[1-9]\\d*\\.\\d) s");
			});
			assertThat(leaks).extracting(GuardEvent.ConnectionLeaked::place).first().isNull();
			assertThat(leaks.get(1).place()).startsWith(PLACE);
			assertThat(output).contains("HikariCP's leak-detection-threshold has it recorded from the start")
				.contains("To do: close it where it was borrowed, at " + PLACE);
		});
	}

	@Test
	void placeIsRecordedFromTheStartWhereThePoolDetectsLeaks() {
		this.runner.withPropertyValues("spring.datasource.hikari.leak-detection-threshold=20000").run((context) -> {
			leak(context);
			assertThat(GuardedApplication.events(context, GuardEvent.ConnectionLeaked.class)).singleElement()
				.satisfies((leaked) -> assertThat(leaked.place()).startsWith(PLACE));
		});
	}

	@Test
	void connectionThatWasTakenFromWhoeverKeptItIsRetiredForThat() {
		this.runner.run((context) -> {
			leak(context);
			String leaked = GuardedApplication.events(context, GuardEvent.ConnectionLeaked.class).get(0).connection();
			Awaitility.await()
				.untilAsserted(() -> assertThat(GuardedApplication.events(context, GuardEvent.ConnectionRetired.class))
					.anySatisfy((retired) -> {
						assertThat(retired.connection()).isEqualTo(leaked);
						assertThat(retired.cause()).isEqualTo(RetirementCause.LEAKED);
						assertThat(retired.description())
							.startsWith("whoever had borrowed it did not give it back: last borrowed ");
					}));
		});
	}

	private static String seconds(Duration duration) {
		return "%d\\.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
	}

	private static void leak(ApplicationContext context) throws SQLException {
		DataSource dataSource = context.getBean(DataSource.class);
		context.getBean(DatabaseSessionScope.class).run(() -> {
			Connection leaked = dataSource.getConnection();
			leaked.createStatement().execute("DO 1");
			Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> !leaked.isClosed());
		});
	}

}
