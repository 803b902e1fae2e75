package io.github.connectionguard.network;

import java.time.Duration;

import io.github.connectionguard.network.application.Writes;
import io.github.connectionguard.network.site.Both;
import io.github.connectionguard.network.site.Site;
import io.github.connectionguard.network.site.SitePlan;
import io.github.connectionguard.testsupport.network.Network.Memory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the log tells of why connections were lost on a real network: one cause,
 * and the right one.
 */
@Tag("network")
class CausesTests {

	private static final String NETWORK = "something between this application and the server ";

	private static final String TIMEOUTS = " timeout connect 5s\n timeout client 6s\n timeout server 6s";

	private static final Duration LIMIT = Duration.ofSeconds(6);

	private static final Duration QUIET = Duration.ofSeconds(9);

	@Test
	void firewallThatForgetsIsTold() throws Exception {
		SitePlan plan = SitePlan.of("causes-firewall").withPath((network) -> network.forgetAfter(LIMIT, Memory.DROPS));
		try (Site site = plan.open()) {
			site.pass(QUIET);
			write(site, Site.POOL_SIZE).map(Writes::await);
			assertTold(site, NETWORK + "dropped it: the server answered others");
		}
	}

	@Test
	void firewallThatResetsAndHostThatCannotBeReachedAreTold() throws Exception {
		try (Site site = SitePlan.of("causes-reset").open()) {
			site.network().reset();
			Both<Writes> refused = write(site, Site.POOL_SIZE);
			site.pass(Duration.ofSeconds(2));
			site.network().restore();
			refused.map(Writes::await);
			assertTold(site, NETWORK + "closed it: the server has the session still");
			site.fill();
			int told = told(site);
			site.network().loseHost();
			Both<Writes> unanswered = write(site, 1);
			site.pass(Duration.ofSeconds(9));
			site.network().restore();
			unanswered.map(Writes::await);
			assertToldAfter(site, told, "nothing came through from the server: nobody got an answer");
		}
	}

	@Test
	void proxyWithAnIdleTimeoutIsTold() throws Exception {
		try (Site site = SitePlan.of("causes-proxy").behindProxy(TIMEOUTS, "").open()) {
			site.pass(QUIET);
			assertTold(site, NETWORK + "ended it on both sides, as a proxy does");
		}
	}

	private static Both<Writes> write(Site site, int count) {
		return site.applications().map((application) -> application.write(count));
	}

	private static int told(Site site) {
		return site.applications().guarded().log(" lost: ").size();
	}

	private static void assertTold(Site site, String sentence) {
		assertToldAfter(site, 0, sentence);
	}

	private static void assertToldAfter(Site site, int lines, String sentence) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(
					() -> assertThat(site.applications().guarded().log(" lost: ").stream().skip(lines)).isNotEmpty()
						.allSatisfy((line) -> assertThat(line).contains(" lost: " + sentence)
							.containsPattern("\\d+\\.\\d s, \\d+\\.\\d s old")
							.contains("To do: ")));
	}

}
