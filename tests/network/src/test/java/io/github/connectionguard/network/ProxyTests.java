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
 * Tests for HAProxy between the applications and their servers.
 */
@Tag("network")
class ProxyTests {

	/**
	 * Which writes the server has taken when sessions are shut is chance.
	 */
	private static final int JUST_SENT = 2;

	private static final String TIMEOUTS = " timeout connect 5s\n timeout client 10s\n timeout server 10s";

	private static final String LONG_TIMEOUTS = " timeout connect 5s\n timeout client 1h\n timeout server 1h";

	private static final Duration TOLERANCE = Duration.ofMillis(500);

	/**
	 * A write that is saved waits for its new connection, while all others log in too. It
	 * would have failed without the starter, and would not count among the slowest.
	 */
	private static final Duration TOLERANCE_OF_SAVED = Duration.ofMillis(1500);

	private static final int MOST_EXTRA_LOGINS = 6;

	@Test
	void isOutlivedWhenItClosesWhatIsQuiet() throws Exception {
		SitePlan plan = SitePlan.of("proxy-timeouts").behindProxy(TIMEOUTS, "");
		try (Site site = plan.open(); Figures figures = new Figures("HAProxy, timeouts of 10 s")) {
			for (int spell = 1; spell <= 2; spell++) {
				site.fill();
				site.pass(Duration.ofSeconds(15));
				Both<Writes> writes = site.applications().map((application) -> application.write(Site.POOL_SIZE));
				writes.map(Writes::await);
				figures.notMore("failed writes", writes.map(Writes::failed));
				figures.notLonger("slowest write after 15 s of quiet", writes.map(Writes::slowest), TOLERANCE);
			}
			site.forgetConnects();
			site.pass(Duration.ofSeconds(60));
			figures.atMost("connects in a quiet minute", site.connects(), Site.POOL_SIZE + MOST_EXTRA_LOGINS);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void leadsToAnotherServer(boolean shutdownSessions) throws Exception {
		SitePlan plan = SitePlan.of("proxy-down-" + shutdownSessions).behindProxy(LONG_TIMEOUTS, "", "backup");
		try (Site site = plan.open();
				Figures figures = new Figures(
						"HAProxy, server marked down" + (shutdownSessions ? ", sessions shut" : ""))) {
			Both<Application.Traffic> traffic = site.applications().map((application) -> application.traffic(8, 20));
			site.pass(Duration.ofSeconds(2));
			long down = System.nanoTime();
			site.proxy().command("set server %s/number0 state maint");
			if (shutdownSessions) {
				site.proxy().command("shutdown sessions server %s/number0");
			}
			site.pass(Duration.ofSeconds(10));
			Both<Writes> writes = traffic.map(Application.Traffic::stop);
			figures.notMore("failed writes", writes.map(Writes::failed), JUST_SENT);
			figures.notMore("failed and done", site.failedAndDone(writes), JUST_SENT);
			figures.notMore("acknowledged and lost", site.lost(writes));
			figures.notLonger("first success", writes.map((those) -> those.firstSuccessAfter(down)), TOLERANCE);
			figures.notLonger("slowest write", writes.map(Writes::slowest),
					shutdownSessions ? TOLERANCE_OF_SAVED : TOLERANCE);
		}
	}

	@Test
	void isNotAskedForMoreWhenItsQueueIsFull() throws Exception {
		SitePlan plan = SitePlan.of("proxy-queue")
			.behindProxy(LONG_TIMEOUTS + "\n timeout queue 10s", "maxconn 6")
			.filledLater();
		try (Site site = plan.open(); Figures figures = new Figures("HAProxy, six connections and a queue")) {
			site.forgetConnects();
			Both<Application.Traffic> traffic = site.applications().map((application) -> application.traffic(6, 20));
			site.pass(Duration.ofSeconds(45));
			figures.notMore("connects in 45 s", site.connects(), MOST_EXTRA_LOGINS);
			Both<Writes> writes = traffic.map(Application.Traffic::stop);
			figures.notMore("failed writes", writes.map(Writes::failed));
			figures.notLonger("slowest write", writes.map(Writes::slowest), TOLERANCE);
			figures.notMore("times it was called unreachable",
					site.applications().map((application) -> application.log("cannot be reached").size()));
		}
	}

}
