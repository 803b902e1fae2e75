package io.github.connectionguard.network;

import java.time.Duration;

import io.github.connectionguard.network.application.Application;
import io.github.connectionguard.network.application.Writes;
import io.github.connectionguard.network.site.Both;
import io.github.connectionguard.network.site.Figures;
import io.github.connectionguard.network.site.Site;
import io.github.connectionguard.network.site.SitePlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests for how often a server that cannot be reached is tried, counted on the wire.
 */
@Tag("network")
class UnreachableServerTests {

	private static final Duration A_MINUTE = Duration.ofSeconds(60);

	/**
	 * Who comes this late finds no connection that was used just now, and waits for a new
	 * one. The writes that were under way depend on when TCP sends them again, which may
	 * be long after.
	 */
	private static final Duration A_QUARTER = A_MINUTE.dividedBy(4);

	private static final int MOST_WHILE_SOMEBODY_WAITS = 400;

	private static final int MOST_WHILE_NOBODY_WAITS = 60;

	/**
	 * With the starter it is tried every hundredth of its outage at the latest; without,
	 * a try may come sooner by chance.
	 */
	private static final Duration SOON = A_MINUTE.dividedBy(100).plusMillis(150);

	@Test
	void isTriedWithinBoundsWhenThePathIsSilent() throws Exception {
		try (Site site = SitePlan.of("silent").open(); Figures figures = new Figures("silent for 60 s")) {
			check(site, figures, site.network()::cut, site.network()::restore);
		}
	}

	@Test
	void isTriedWithinBoundsWhenItIsStopped() throws Exception {
		try (Site site = SitePlan.of("stopped").open(); Figures figures = new Figures("stopped for 60 s")) {
			check(site, figures, site.server()::stop, () -> site.network().atServer(() -> {
				site.server().startAgain();
				return true;
			}));
		}
	}

	private static void check(Site site, Figures figures, Runnable away, Runnable back) {
		site.fill();
		site.forgetConnects();
		away.run();
		site.pass(A_MINUTE);
		figures.atMost("connects while nobody waits", site.connects(), MOST_WHILE_NOBODY_WAITS);
		back.run();
		site.fill();
		Both<Application.Traffic> traffic = site.applications().map((application) -> application.traffic(4, 50));
		site.pass(Duration.ofSeconds(1));
		site.forgetConnects();
		away.run();
		site.pass(A_QUARTER);
		Both<Application.Traffic> later = site.applications().map((application) -> application.traffic(2, 50));
		site.pass(A_MINUTE.minus(A_QUARTER));
		figures.atMost("connects while somebody waits", site.connects(), MOST_WHILE_SOMEBODY_WAITS);
		back.run();
		long returned = System.nanoTime();
		site.pass(Duration.ofSeconds(2));
		Both<Writes> waited = later.map(Application.Traffic::stop);
		figures.notLonger("first success", waited.map((those) -> those.firstSuccessAfter(returned)), SOON);
		check(site, figures, "", traffic.map(Application.Traffic::stop));
		check(site, figures, " of those who waited for a connection", waited);
	}

	private static void check(Site site, Figures figures, String which, Both<Writes> writes) {
		figures.notMore("failed writes" + which, writes.map(Writes::failed));
		figures.notMore("acknowledged and lost" + which, site.lost(writes));
	}

}
