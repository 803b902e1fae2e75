package io.github.connectionguard.lifetime;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdleEvidence}.
 */
class IdleEvidenceTests {

	private final IdleEvidence evidence = new IdleEvidence();

	@Test
	void deathsOfOneMomentAreOneOccasionHoweverMany() {
		for (int i = 0; i < 10; i++) {
			died(350, 0);
		}
		assertThat(this.evidence.limit()).isEmpty();
		died(352, 600);
		assertThat(this.evidence.limit()).contains(Duration.ofSeconds(350));
	}

	@Test
	void twoDeathsAreAnAccident() {
		died(350, 0);
		died(350, 600);
		assertThat(this.evidence.limit()).isEmpty();
		died(350, 1200);
		assertThat(this.evidence.limit()).contains(Duration.ofSeconds(350));
	}

	@Test
	void smallestIdleTimeThatWasNotSurvivedIsTheLimit() {
		died(700, 0);
		died(400, 1000);
		died(360, 2000);
		this.evidence.survived(Duration.ofSeconds(340));
		assertThat(this.evidence.limit()).contains(Duration.ofSeconds(360));
	}

	@Test
	void whatOneConnectionSurvivesKilledNoOther() {
		died(60, 0);
		died(60, 1000);
		died(60, 2000);
		this.evidence.survived(Duration.ofSeconds(100));
		assertThat(this.evidence.limit()).isEmpty();
		died(90, 3000);
		assertThat(this.evidence.limit()).isEmpty();
	}

	@Test
	void noNetworkForgetsWithinSeconds() {
		died(1, 0);
		died(2, 1000);
		died(3, 2000);
		assertThat(this.evidence.limit()).isEmpty();
	}

	@Test
	void anotherWayToTheServerIsAnotherLimit() {
		died(350, 0);
		died(350, 600);
		this.evidence.forget();
		died(350, 1200);
		assertThat(this.evidence.limit()).isEmpty();
	}

	@Test
	void proxyThatClosesAfterTheSameTimeAgainAndAgainHasALimit() {
		closed(300, 0);
		closed(301, 400);
		closed(300, 401);
		assertThat(this.evidence.limit()).isEmpty();
		closed(302, 800);
		assertThat(this.evidence.limit()).contains(Duration.ofSeconds(300));
	}

	@Test
	void connectionsKilledAfterVariousTimesTellNothing() {
		closed(300, 0);
		closed(100, 400);
		closed(200, 800);
		closed(250, 1200);
		assertThat(this.evidence.limit()).isEmpty();
	}

	@Test
	void killOfLongAgoDoesNotHideARegularLimit() {
		closed(900, 0);
		closed(60, 1000);
		closed(61, 1100);
		closed(60, 1200);
		assertThat(this.evidence.limit()).contains(Duration.ofSeconds(60));
	}

	private void closed(int idle, int at) {
		this.evidence.closed(Duration.ofSeconds(idle), Duration.ofSeconds(at).toNanos());
	}

	private void died(int idle, int at) {
		this.evidence.dropped(Duration.ofSeconds(idle), Duration.ofSeconds(at).toNanos());
	}

}
