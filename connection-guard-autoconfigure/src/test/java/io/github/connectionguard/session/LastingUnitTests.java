package io.github.connectionguard.session;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is told of units that keep a connection for long.
 */
@ExtendWith(OutputCaptureExtension.class)
class LastingUnitTests extends ScopedWork {

	private static final String TOLD = "A session kept its connection";

	@Test
	void unitThatLastsIsToldOnceForEachPlaceOnceThatIsRecorded(CapturedOutput output) {
		run(SessionMode.UNIT, (context) -> {
			writeAndLast(context);
			assertThat(output.getAll().split(TOLD, -1)).hasSize(2);
			assertThat(output).contains("@NoSession", "The next time, the place is told as well")
				.doesNotContain("written here");
			writeAndLast(context);
			assertThat(output.getAll().split(TOLD, -1)).hasSize(3);
			assertThat(output).contains("written here", "LastingUnitTests.writeAndLast");
			writeAndLast(context);
			assertThat(output.getAll().split(TOLD, -1)).hasSize(3);
		});
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
