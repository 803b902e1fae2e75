package io.github.connectionguard.network;

import java.time.Duration;

import io.github.connectionguard.network.application.Application;
import io.github.connectionguard.network.application.Writes;
import io.github.connectionguard.network.site.Both;
import io.github.connectionguard.network.site.Figures;
import io.github.connectionguard.network.site.Site;
import io.github.connectionguard.network.site.SitePlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the planned switch from a primary to its replica behind HAProxy, which leads
 * new connections to the replica and leaves the others where they are: on a server that
 * is well, and read-only.
 */
@Tag("network")
@Tag("slow")
class PlannedSwitchTests {

	private static final String TIMEOUTS = " timeout connect 5s\n timeout client 1h\n timeout server 1h";

	private static final int WORKERS = 8;

	private static final Duration TOLERANCE = Duration.ofMillis(500);

	/**
	 * How late the switch may be noticed, beside the time without a primary.
	 */
	private static final Duration AT_LEAST = Duration.ofMillis(500);

	private static final Duration AT_MOST = Duration.ofSeconds(10);

	private static final int MOST_LOGINS = 8;

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 12 })
	void isFollowedByTheWritesOfOpenConnections(int secondsBetween) throws Exception {
		SitePlan plan = SitePlan.of("switch-" + secondsBetween).behindProxy(TIMEOUTS, "", "backup").replicated();
		try (Site site = plan.open();
				Figures figures = new Figures("planned switch, " + secondsBetween + " s without a primary")) {
			Both<Application.Traffic> traffic = site.applications()
				.map((application) -> application.traffic(WORKERS, 20));
			site.pass(Duration.ofSeconds(2));
			site.forgetConnects();
			long demoted = System.nanoTime();
			site.replication().demote();
			site.pass(Duration.ofSeconds(secondsBetween));
			site.replication().promote();
			site.proxy().command("set server %s/number0 state maint");
			long switched = System.nanoTime();
			Duration settled = settled(Duration.ofNanos(switched - demoted));
			site.pass(settled.plusSeconds(2));
			Both<Writes> writes = traffic.map(Application.Traffic::stop);
			check(site, figures, writes, switched, settled);
		}
	}

	private static Duration settled(Duration between) {
		Duration time = between.plus(AT_LEAST);
		return (time.compareTo(AT_MOST) < 0) ? time : AT_MOST;
	}

	private static void check(Site site, Figures figures, Both<Writes> writes, long switched, Duration settled) {
		figures.notMore("failed writes", writes.map(Writes::failed));
		figures.notMore("failed writes that began after the switch",
				writes.map((those) -> those.failedAfter(switched)));
		Both<Integer> failedLater = writes.map((those) -> those.failedAfter(switched + settled.toNanos()));
		figures.atMost("failed writes that began once it should have been noticed", failedLater, 0);
		assertThat(failedLater.raw()).as("failed writes without the starter, which go on").isPositive();
		Both<Duration> firstSuccess = writes.map((those) -> those.firstSuccessAfter(switched));
		figures.notLonger("first success", firstSuccess, Duration.ZERO);
		figures.atMost("first success, as promised,", firstSuccess, settled);
		figures.notLonger("slowest write", writes.map(Writes::slowest), TOLERANCE);
		figures.notLonger("slowest failure", writes.map(Writes::slowestFailure), TOLERANCE);
		figures.atMost("connects", site.connects(), 2 * Site.POOL_SIZE + MOST_LOGINS);
		figures.notMore("failed and done", site.failedAndDone(writes));
		Both<Integer> lost = site.lost(writes);
		figures.atMost("acknowledged and not on the new primary", lost, 0);
		assertThat(lost.raw()).as("acknowledged without the starter and not on the new primary").isZero();
	}

}
