package io.github.connectionguard.network;

import java.time.Duration;

import io.github.connectionguard.network.application.Writes;
import io.github.connectionguard.network.site.Both;
import io.github.connectionguard.network.site.Figures;
import io.github.connectionguard.network.site.Site;
import io.github.connectionguard.network.site.SitePlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests for a path that is slow, and well.
 */
@Tag("network")
class SlowPathTests {

	private static final Duration QUIET = Duration.ofSeconds(12);

	private static final int SPELLS = 3;

	private static final int MOST_EXTRA_LOGINS = 6;

	@ParameterizedTest
	@ValueSource(ints = { 300, 900, 1500 })
	void isOnlySlow(int roundTrip) throws Exception {
		SitePlan plan = SitePlan.of("slow-" + roundTrip)
			.withPath((network) -> network.delay(Duration.ofMillis(roundTrip)))
			.filledLater();
		try (Site site = plan.open(); Figures figures = new Figures("round trip of " + roundTrip + " ms")) {
			site.fill();
			write(site); // the first loads classes
			site.forgetConnects();
			for (int spell = 1; spell <= SPELLS; spell++) {
				site.pass(QUIET);
				Both<Writes> writes = write(site);
				figures.notMore("failed writes", writes.map(Writes::failed));
				Both<Duration> slowest = writes.map(Writes::slowest);
				figures.notLonger("slowest write after 12 s of quiet", slowest, slowest.raw().dividedBy(5));
			}
			figures.notMore("connects in three spells", site.connects(), MOST_EXTRA_LOGINS);
			figures.notMore("connections missing from the pool",
					site.applications().map((application) -> Site.POOL_SIZE - application.connections()));
			figures.notMore("deaths told", site.applications().map((application) -> application.log("is dead").size()));
		}
	}

	private static Both<Writes> write(Site site) {
		return site.applications().map((application) -> application.write(Site.POOL_SIZE)).map(Writes::await);
	}

}
