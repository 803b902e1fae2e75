package io.github.connectionguard.benchmarks.faults;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FaultFigures}: who is ahead of whom.
 */
class FaultFiguresTests {

	private static final FaultFigures SOME = new FaultFigures(0, 10, 4, 3, 2);

	@Test
	void isNotAheadByChance() {
		assertThat(new FaultFigures(0, 8, 2, 2.6, 1.6).isAheadOf(SOME)).isFalse();
		assertThat(SOME.isAheadOf(SOME)).isFalse();
	}

	@Test
	void isAheadIfLessFails() {
		FaultFigures slow = new FaultFigures(0, 7, 4, 30, 30);
		assertThat(slow.isAheadOf(SOME)).isTrue();
		assertThat(SOME.isAheadOf(slow)).isFalse();
	}

	@Test
	void isAheadIfNothingIsLost() {
		FaultFigures losing = new FaultFigures(1, 0, 0, 0.1, 0);
		assertThat(SOME.isAheadOf(losing)).isTrue();
		assertThat(losing.isAheadOf(SOME)).isFalse();
	}

	@Test
	void isAheadIfFewerAreToldUntruth() {
		assertThat(new FaultFigures(0, 10, 1, 3, 2).isAheadOf(SOME)).isTrue();
	}

	@Test
	void isAheadIfItTakesLessTimeWithoutMoreFailures() {
		assertThat(new FaultFigures(0, 10, 4, 1, 2).isAheadOf(SOME)).isTrue();
		assertThat(new FaultFigures(0, 10, 4, 3, 1).isAheadOf(SOME)).isTrue();
		assertThat(new FaultFigures(0, 13, 4, 1, 1).isAheadOf(SOME)).isFalse();
	}

}
