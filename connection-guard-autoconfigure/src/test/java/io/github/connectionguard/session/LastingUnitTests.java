package io.github.connectionguard.session;

import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for what is told of units that are in the way of others.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class LastingUnitTests extends ScopedWork {

	private static final String TOLD = "A session kept its connection";

	private static final String UNDONE = "The server has undone what a session had written";

	@Test
	void unitThatLastsIsToldOnceForEachPlaceOnceThatIsRecorded(CapturedOutput output) {
		run(SessionMode.UNIT, (context) -> assertToldOnceForEachPlace(output, TOLD, "LastingUnitTests.writeAndLast",
				() -> writeAndLast(context)));
	}

	@Test
	void nothingIsToldOfTransactionsThatLastNorOfWhatTheyHaveCommitted(CapturedOutput output) {
		run(SessionMode.UNIT, (context) -> {
			scope(context).run(() -> transaction(context).executeWithoutResult((status) -> {
				insert(context, "a");
				last();
			}));
			scope(context).run(() -> {
				insert(context, "b");
				transaction(context).executeWithoutResult((status) -> insert(context, "c"));
				last();
			});
			assertThat(output).doesNotContain(TOLD);
		});
	}

	@Test
	void unitThatEndsInADeadlockIsToldOnceForEachPlaceOnceThatIsRecorded(CapturedOutput output) throws Exception {
		try (Connection connection = server().connect(database())) {
			JdbcTemplate rival = rival(connection);
			run(SessionMode.UNIT, (context) -> {
				assertToldOnceForEachPlace(output, UNDONE, "LastingUnitTests.change",
						() -> assertThatExceptionOfType(PessimisticLockingFailureException.class)
							.isThrownBy(() -> scope(context).run(() -> changeInTheWayOf(context, rival))));
				assertThat(output).doesNotContain(TOLD);
			});
		}
	}

	@Test
	void deadlockIsToldWhereTheFailureIsHandledInATransaction(CapturedOutput output) throws Exception {
		try (Connection connection = server().connect(database())) {
			JdbcTemplate rival = rival(connection);
			run(SessionMode.UNIT, (context) -> {
				RequestSession request = Objects.requireNonNull(context.getBean(Sessions.class).begin());
				request.failed(catchThrowable(() -> changeInTheWayOf(context, rival)));
				transaction(context).executeWithoutResult((status) -> insert(context, "handled"));
				request.end(500, false);
				assertThat(output).contains(UNDONE);
				assertThat(names()).containsExactly("handled");
			});
		}
	}

	@Test
	void nothingIsToldOfTheDeadlockOfATransaction(CapturedOutput output) throws Exception {
		try (Connection connection = server().connect(database())) {
			JdbcTemplate rival = rival(connection);
			run(SessionMode.UNIT, (context) -> {
				assertThatExceptionOfType(PessimisticLockingFailureException.class).isThrownBy(() -> scope(context).run(
						() -> transaction(context).executeWithoutResult((status) -> changeInTheWayOf(context, rival))));
				assertThat(output).doesNotContain(UNDONE);
			});
		}
	}

	/**
	 * Have something happen three times at the same place: it is told without the place,
	 * then with it, and then no more.
	 */
	private static void assertToldOnceForEachPlace(CapturedOutput output, String told, String place, Runnable event) {
		event.run();
		assertThat(output.getAll().split(told, -1)).hasSize(2);
		assertThat(output).contains("@NoSession", "The next time, the place is told as well")
			.doesNotContain("written here");
		event.run();
		assertThat(output.getAll().split(told, -1)).hasSize(3);
		assertThat(output).contains("written here", place);
		event.run();
		assertThat(output.getAll().split(told, -1)).hasSize(3);
	}

	private static JdbcTemplate rival(Connection connection) {
		JdbcTemplate rival = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
		rival.execute("CREATE TABLE account (id INT PRIMARY KEY, amount INT)");
		rival.execute("INSERT INTO account VALUES (1, 0), (2, 0), (3, 0), (4, 0)");
		return rival;
	}

	/**
	 * Have somebody who has written more wait for what is written first here, and the
	 * other way round.
	 */
	private static void changeInTheWayOf(AssertableApplicationContext context, JdbcTemplate rival) {
		rival.execute("START TRANSACTION");
		rival.execute("UPDATE account SET amount = amount + 1 WHERE id > 1");
		change(context, 1);
		CompletableFuture<Void> waiting = CompletableFuture
			.runAsync(() -> rival.execute("UPDATE account SET amount = amount + 1 WHERE id = 1"));
		try {
			change(context, 2);
		}
		finally {
			waiting.join();
			rival.execute("ROLLBACK");
		}
	}

	private static void change(AssertableApplicationContext context, int id) {
		context.getBean(JdbcTemplate.class).update("UPDATE account SET amount = amount + 1 WHERE id = ?", id);
	}

	private void writeAndLast(AssertableApplicationContext context) {
		scope(context).run(() -> {
			insert(context, "a");
			last();
		});
	}

	private static void last() {
		Awaitility.await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
	}

}
