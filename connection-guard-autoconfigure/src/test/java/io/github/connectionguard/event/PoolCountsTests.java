package io.github.connectionguard.event;

import java.time.Duration;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.diagnosis.RetirementCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolCounts}, which has everything by the time {@code publish} returns.
 */
class PoolCountsTests {

	private final PoolEvents events = new PoolEvents(new EventStream(), () -> "pool");

	private final PoolCounts counts = this.events.counts();

	@Test
	void openedRetiredAndLeakedConnectionsAreCounted() {
		open();
		open();
		this.events.publish((pool, at) -> new GuardEvent.ConnectionRetired(pool, at, "connection",
				RetirementCause.EVICTED, "it was closed", Duration.ofMinutes(1)));
		this.events.publish((pool, at) -> new GuardEvent.ConnectionLeaked(pool, at, "connection", "it leaked",
				Duration.ofMinutes(1), null));
		assertThat(this.counts.opened().count()).isEqualTo(2);
		assertThat(this.counts.retired().count()).isOne();
		assertThat(this.counts.leaked().count()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void deathsAreCountedByTheirCauseWithQuietAndAge(LossCause cause) {
		for (int i = 1; i <= 2; i++) {
			Duration quiet = Duration.ofSeconds(i);
			this.events.publish((pool, at) -> new GuardEvent.ConnectionLost(pool, at, "connection", cause, "it died",
					quiet, Duration.ofMinutes(1)));
		}
		for (LossCause other : LossCause.values()) {
			int deaths = (other == cause) ? 2 : 0;
			assertThat(this.counts.quietAtDeath(other).count()).isEqualTo(deaths);
			assertThat(this.counts.ageAtDeath(other).count()).isEqualTo(deaths);
		}
		assertThat(this.counts.quietAtDeath(cause).nanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
		assertThat(this.counts.ageAtDeath(cause).nanos()).isEqualTo(Duration.ofMinutes(2).toNanos());
	}

	@Test
	void sweptAndReplacedConnectionsAreCountedAndNotTheOccasions() {
		this.events.publish((pool, at) -> new GuardEvent.ConnectionsSwept(pool, at, 7));
		this.events.publish((pool, at) -> new GuardEvent.ServerChanged(pool, at, "was restarted", 5));
		assertThat(this.counts.swept().count()).isEqualTo(7);
		assertThat(this.counts.replaced().count()).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void failedCommitsAreCountedByWhatIsKnownOfThem(boolean unknown) {
		this.events.publish((pool, at) -> new GuardEvent.CommitFailed(pool, at, unknown));
		assertThat(this.counts.failedCommits(unknown).count()).isOne();
		assertThat(this.counts.failedCommits(!unknown).count()).isZero();
	}

	@Test
	void outageCountsWithItsLengthOnceItIsOver() {
		beginOutage();
		assertThat(this.counts.isAway()).isTrue();
		assertThat(this.counts.outages().count()).isZero();
		this.events.publish((pool, at) -> new GuardEvent.OutageEnded(pool, at, Duration.ofSeconds(9)));
		assertThat(this.counts.isAway()).isFalse();
		assertThat(this.counts.outages().count()).isOne();
		assertThat(this.counts.outages().nanos()).isEqualTo(Duration.ofSeconds(9).toNanos());
	}

	@Test
	void serverThatLetsThePoolInIsNotAway() {
		beginOutage();
		open();
		assertThat(this.counts.isAway()).isFalse();
	}

	private void open() {
		this.events.publish((pool, at) -> new GuardEvent.ConnectionOpened(pool, at, "connection"));
	}

	private void beginOutage() {
		this.events.publish((pool, at) -> new GuardEvent.OutageBegan(pool, at, "no answer"));
	}

}
