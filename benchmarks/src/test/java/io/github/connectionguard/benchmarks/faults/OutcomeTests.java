package io.github.connectionguard.benchmarks.faults;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.connectionguard.benchmarks.faults.load.Answer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outcome}.
 */
class OutcomeTests {

	private static final long FAULT_END = TimeUnit.SECONDS.toNanos(100);

	@Test
	void isNothingWithoutAFault() {
		Outcome outcome = Outcome.of(List.of(read(99.0, 99.5), write(2, 100, 100.25, "")), FAULT_END, Set.of(2L));
		assertThat(outcome).isEqualTo(new Outcome(0, 0, 0.5, 0, 0, 0));
	}

	@Test
	void recoversWithTheLastWhoFailedOrWaited() {
		Outcome outcome = Outcome.of(
				List.of(write(2, 99, 99.5, "500"), write(4, 101, 103.5, ""), write(6, 103, 103.25, "500")), FAULT_END,
				Set.of(4L));
		assertThat(outcome).isEqualTo(new Outcome(2, 3, 2.5, 3.5, 0, 0));
	}

	@Test
	void recoversAtOnceFromWhatWasOverBeforeTheEnd() {
		assertThat(Outcome.of(List.of(write(2, 98, 99, "500")), FAULT_END, Set.of()).recovery()).isZero();
	}

	@Test
	void comparesWhatUsersWereToldWithTheRows() {
		Outcome outcome = Outcome.of(
				List.of(write(2, 99, 99.5, "500"), write(4, 99, 99.5, "500"), write(6, 99, 99.5, ""), read(99, 99.5)),
				FAULT_END, Set.of(2L));
		assertThat(outcome.failedAndDone()).isEqualTo(1);
		assertThat(outcome.lost()).isEqualTo(1);
	}

	private static Answer read(double begin, double end) {
		return new Answer("pool", 1, false, nanos(begin), nanos(end), "");
	}

	private static Answer write(long id, double begin, double end, String failure) {
		return new Answer("pool", id, true, nanos(begin), nanos(end), failure);
	}

	private static long nanos(double seconds) {
		return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
	}

}
