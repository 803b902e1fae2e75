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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests for a path that loses everything, or much, for a while and is back after that.
 */
@Tag("network")
class OutageTests {

	private static final int[] OUTAGES = { 3, 5, 8, 12, 20 };

	private static final Duration TOLERANCE = Duration.ofMillis(500);

	@ParameterizedTest
	@ValueSource(ints = { 0, 5, 12 })
	void failsNoWriteThatTcpWouldDeliver(int quiet) throws Exception {
		try (Site site = SitePlan.of("outage-" + quiet).open();
				Figures figures = new Figures("outage, pool idle for " + quiet + " s")) {
			for (int outage : OUTAGES) {
				site.fill();
				site.pass(Duration.ofSeconds(quiet));
				site.network().cut();
				Both<Writes> writes = writeDuring(site, outage);
				check(site, figures, " in " + outage + " s", writes);
				figures.notLonger("slowest success in " + outage + " s", writes.map(Writes::slowest), TOLERANCE);
			}
		}
	}

	@Test
	void failsNoWriteWhoseAnswerIsLate() throws Exception {
		try (Site site = SitePlan.of("replies-lost").open(); Figures figures = new Figures("replies lost")) {
			for (int outage : OUTAGES) {
				site.fill();
				site.network().loseReplies();
				Both<Writes> writes = writeDuring(site, outage);
				check(site, figures, " in " + outage + " s", writes);
				figures.notLonger("slowest success in " + outage + " s", writes.map(Writes::slowest), TOLERANCE);
			}
		}
	}

	@Test
	void failsNoWriteBecauseOfLostPackets() throws Exception {
		try (Site site = SitePlan.of("loss").open(); Figures figures = new Figures("25 % loss")) {
			Both<Application.Traffic> traffic = site.applications().map((application) -> application.traffic(4, 100));
			site.network().lose(25);
			site.pass(Duration.ofSeconds(60));
			site.network().restore();
			Both<Writes> writes = traffic.map(Application.Traffic::stop);
			check(site, figures, "", writes);
		}
	}

	private static Both<Writes> writeDuring(Site site, int outage) {
		site.pass(Duration.ofSeconds(1));
		Both<Writes> writes = site.applications().map((application) -> application.write(Site.POOL_SIZE));
		site.pass(Duration.ofSeconds(outage - 1));
		site.network().restore();
		return writes.map(Writes::await);
	}

	private static void check(Site site, Figures figures, String when, Both<Writes> writes) {
		figures.notMore("failed writes" + when, writes.map(Writes::failed));
		figures.notMore("failed and done" + when, site.failedAndDone(writes));
		figures.notMore("acknowledged and lost" + when, site.lost(writes));
	}

}
