package io.github.connectionguard.data.matrix;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.connectionguard.data.matrix.Exchange.Answer;
import io.github.connectionguard.data.matrix.Expected.Body;
import io.github.connectionguard.data.matrix.MatrixApplication.Result;
import io.github.connectionguard.session.SessionMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All outcomes of requests, for all ways in which one application reaches its data, in
 * all modes. After each request nothing is left open, on the server or in the pool.
 */
abstract class SessionMatrix {

	private final Class<?> application;

	private final SessionMode modeForUnit;

	/**
	 * Create the matrix of an application.
	 * @param application the application
	 * @param modeForUnit what it makes of the mode {@code unit}
	 */
	SessionMatrix(Class<?> application, SessionMode modeForUnit) {
		this.application = application;
		this.modeForUnit = modeForUnit;
	}

	@TestFactory
	Stream<DynamicTest> unit() throws SQLException {
		return cells(SessionMode.UNIT, this.modeForUnit);
	}

	@TestFactory
	Stream<DynamicTest> transaction() throws SQLException {
		return cells(SessionMode.TRANSACTION, SessionMode.TRANSACTION);
	}

	@TestFactory
	Stream<DynamicTest> backstop() throws SQLException {
		return cells(SessionMode.BACKSTOP, SessionMode.BACKSTOP);
	}

	@TestFactory
	Stream<DynamicTest> off() throws SQLException {
		return cells(SessionMode.OFF, SessionMode.OFF);
	}

	/**
	 * Return a test for each way and outcome.
	 * @param asked the mode that is asked for
	 * @param mode the mode that this comes to
	 * @param properties more properties of the application
	 */
	final Stream<DynamicTest> cells(SessionMode asked, SessionMode mode, String... properties) throws SQLException {
		MatrixApplication started = MatrixApplication.start(this.application, asked, properties);
		return started.ways()
			.stream()
			.filter((way) -> !isBeyondHelp(mode, way))
			.flatMap((way) -> Arrays.stream(RequestOutcome.values())
				.map((outcome) -> DynamicTest.dynamicTest(name(asked, way, outcome),
						() -> check(started, way, outcome, Expected.of(mode, way, outcome)))))
			.onClose(started::close);
	}

	/**
	 * Where the mode is {@code off}, a connection that is left open stays out of the pool
	 * for good, as without the guard.
	 */
	private static boolean isBeyondHelp(SessionMode mode, Way way) {
		return mode == SessionMode.OFF && way.kind() == Way.Kind.LEFT_OPEN;
	}

	private static String name(SessionMode mode, Way way, RequestOutcome outcome) {
		return "%s %s %s".formatted(mode.name().toLowerCase(Locale.ROOT), way, outcome);
	}

	private static void check(MatrixApplication application, Way way, RequestOutcome outcome, Expected expected)
			throws Exception {
		application.otherClient().deleteRows();
		Result result = application.request("/" + way.name() + "/" + outcome.path());
		checkAnswer(result.answer(), expected);
		assertThat(result.firstRows()).as("rows at the first byte").containsAll(expected.firstRows());
		checkNothingIsLeftOpen(application);
		assertThat(application.otherClient().rows()).as("rows").isEqualTo(expected.rows());
	}

	private static void checkAnswer(Answer answer, Expected expected) {
		assertThat(answer.status()).as("status").isEqualTo(expected.status());
		assertThat(answer.text().contains(OutcomeController.SAYS)).as("the application is heard")
			.isEqualTo(expected.body() != Body.NOTHING);
		assertThat(answer.isBrokenOff()).as("broken off").isEqualTo(expected.body() == Body.THE_BEGINNING);
	}

	private static void checkNothingIsLeftOpen(MatrixApplication application) {
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
			assertThat(application.activeConnections()).as("active connections").isZero();
			assertThat(application.otherClient().openTransactions()).as("open transactions").isEmpty();
		});
	}

}
