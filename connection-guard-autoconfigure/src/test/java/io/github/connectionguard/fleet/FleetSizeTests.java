package io.github.connectionguard.fleet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetSize}.
 */
class FleetSizeTests {

	private static final long DEPLOYMENT = FleetSize.DEPLOYMENT.toNanos();

	private final FleetSize size = new FleetSize();

	@Test
	void halfOfThoseSeenAtTheStartMayBeAboutToGo() {
		assertThat(this.size.atLeast(1, 0)).isEqualTo(1);
		assertThat(new FleetSize().atLeast(6, 0)).isEqualTo(3);
		assertThat(new FleetSize().atLeast(7, 0)).isEqualTo(4);
	}

	@Test
	void thoseThatStayAreThereForCertain() {
		this.size.atLeast(6, 0);
		assertThat(this.size.atLeast(6, DEPLOYMENT - 1)).isEqualTo(3);
		assertThat(this.size.atLeast(6, DEPLOYMENT)).isEqualTo(6);
	}

	@Test
	void thoseThatWereReplacedAreNotCounted() {
		this.size.atLeast(6, 0);
		this.size.atLeast(3, DEPLOYMENT / 2);
		assertThat(this.size.atLeast(3, DEPLOYMENT)).isEqualTo(3);
	}

	@Test
	void laterDeploymentDoesNotMakeItLarger() {
		this.size.atLeast(3, 0);
		this.size.atLeast(3, DEPLOYMENT);
		assertThat(this.size.atLeast(6, DEPLOYMENT + 1)).isEqualTo(3);
		assertThat(this.size.atLeast(3, 2 * DEPLOYMENT)).isEqualTo(3);
		assertThat(this.size.atLeast(6, 3 * DEPLOYMENT)).isEqualTo(3);
	}

	@Test
	void instancesThatWereTakenAwayAreNotCounted() {
		this.size.atLeast(6, 0);
		this.size.atLeast(6, DEPLOYMENT);
		assertThat(this.size.atLeast(2, DEPLOYMENT + 1)).isEqualTo(2);
	}

}
