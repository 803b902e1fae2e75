package io.github.connectionguard.network;

import java.time.Duration;
import java.util.List;

import io.github.connectionguard.network.application.Application;
import io.github.connectionguard.network.application.Writes;
import io.github.connectionguard.network.site.Both;
import io.github.connectionguard.network.site.Figures;
import io.github.connectionguard.network.site.Site;
import io.github.connectionguard.network.site.SitePlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a server that stands still, whose kernel goes on accepting connections. It
 * looks clients up by name, and blocks a host after a hundred interrupted handshakes.
 */
@Tag("network")
class FrozenServerLoginTests {

	private static final int[] SECONDS = { 10, 15, 30, 60 };

	private static final int MOST_INTERRUPTED_HANDSHAKES = 20;

	private static final Duration SOON = Duration.ofMillis(150);

	@Test
	void blocksNoHostThatWaitsForIt() throws Exception {
		try (Site site = SitePlan.of("frozen-busy").open(); Figures figures = new Figures("frozen, busy")) {
			for (int seconds : SECONDS) {
				Duration login = begin(site);
				Both<Application.Traffic> traffic = site.applications()
					.map((application) -> application.traffic(4, 50));
				long thawed = freeze(site, seconds);
				site.pass(Duration.ofSeconds(2));
				Both<Writes> writes = traffic.map(Application.Traffic::stop);
				check(site, figures, seconds, writes, thawed, login);
			}
		}
	}

	@Test
	void blocksNoHostThatLeavesItAlone() throws Exception {
		try (Site site = SitePlan.of("frozen-idle").open(); Figures figures = new Figures("frozen, idle")) {
			for (int seconds : SECONDS) {
				Duration login = begin(site);
				long thawed = freeze(site, seconds);
				Both<Writes> writes = site.applications().map((application) -> application.write(Site.POOL_SIZE));
				site.pass(Duration.ofSeconds(2));
				writes.map(Writes::await);
				check(site, figures, seconds, writes, thawed, login);
			}
		}
	}

	/**
	 * Begin with full pools.
	 * @return how long a login takes with the starter
	 */
	private static Duration begin(Site site) {
		site.execute("TRUNCATE TABLE performance_schema.host_cache");
		// the server counts for those it has looked up, which a login makes it do
		Both<Duration> logins = site.applications().map((application) -> logIn(site, application));
		site.fill();
		site.forgetConnects();
		return logins.guarded();
	}

	private static Duration logIn(Site site, Application application) {
		long begin = System.nanoTime();
		site.logInLike(application);
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	private static long freeze(Site site, int seconds) {
		site.server().freeze();
		site.pass(Duration.ofSeconds(seconds));
		long now = System.nanoTime();
		site.server().thaw();
		return now;
	}

	private static void check(Site site, Figures figures, int seconds, Both<Writes> writes, long thawed,
			Duration login) {
		String after = " after " + seconds + " s";
		figures.atMost("interrupted handshakes" + after,
				site.applications().map((application) -> interruptedHandshakes(site, application)),
				MOST_INTERRUPTED_HANDSHAKES);
		figures.notLonger("first success" + after, writes.map((those) -> those.firstSuccessAfter(thawed)),
				SOON.plus(login)); // idle connections have been given up meanwhile
		figures.notMore("failed writes" + after, writes.map(Writes::failed));
		figures.notMore("acknowledged and lost" + after, site.lost(writes));
		figures.notMore("failed and done" + after, site.failedAndDone(writes));
		figures.notMore("connects" + after, site.connects(), MOST_INTERRUPTED_HANDSHAKES + 2 * Site.POOL_SIZE);
		figures.works("a login from the same host" + after, () -> site.logInLike(site.applications().guarded()));
	}

	private static int interruptedHandshakes(Site site, Application application) {
		List<Long> errors = site.query("SELECT COUNT_HANDSHAKE_ERRORS FROM performance_schema.host_cache WHERE IP = '"
				+ application.client().address() + "'");
		assertThat(errors).as("the server counts for this host").hasSize(1);
		return errors.get(0).intValue();
	}

}
