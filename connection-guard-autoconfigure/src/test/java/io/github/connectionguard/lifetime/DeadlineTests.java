package io.github.connectionguard.lifetime;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deadline}.
 */
class DeadlineTests {

	private static final LifetimePlan PLAN = new LifetimePlan(Duration.ofSeconds(60), LimitSource.GLOBAL,
			Duration.ofSeconds(54), Duration.ofSeconds(20), Duration.ofSeconds(20));

	@Test
	void youngConnectionIsClosedByTheServerWhenItStaysQuiet() {
		assertThat(Deadline.ofIdle(PLAN, Duration.ofSeconds(15), Duration.ofSeconds(25)))
			.isEqualTo(new Deadline("the server's wait_timeout", Duration.ofSeconds(60), Duration.ofSeconds(35)));
	}

	@Test
	void oldConnectionIsClosedByThePool() {
		assertThat(Deadline.ofIdle(PLAN, Duration.ofSeconds(50), Duration.ofSeconds(1)))
			.isEqualTo(new Deadline("max-lifetime", Duration.ofSeconds(54), Duration.ofSeconds(4)));
	}

	@Test
	void connectionInUseIsNotClosedForItsAge() {
		assertThat(Deadline.ofHeld(PLAN, null, Duration.ofSeconds(1)).left()).isEqualTo(Duration.ofSeconds(59));
	}

	@Test
	void connectionInUseIsClosedForAnIdleTransactionWhereThatIsSooner() {
		Deadline deadline = Deadline.ofHeld(PLAN, Duration.ofSeconds(10), Duration.ofSeconds(1));
		assertThat(deadline.limit()).isEqualTo("the server's limit of idle transactions");
		assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(9));
		assertThat(Deadline.ofHeld(PLAN, Duration.ofSeconds(80), Duration.ofSeconds(1)).limit())
			.isEqualTo("the server's wait_timeout");
	}

	@Test
	void nothingIsLeftOfWhatIsPast() {
		assertThat(Deadline.ofIdle(PLAN, Duration.ofSeconds(90), Duration.ZERO).left()).isZero();
	}

}
