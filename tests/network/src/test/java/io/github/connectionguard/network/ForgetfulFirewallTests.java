package io.github.connectionguard.network;

import java.time.Duration;

import io.github.connectionguard.network.application.Writes;
import io.github.connectionguard.network.site.Both;
import io.github.connectionguard.network.site.Figures;
import io.github.connectionguard.network.site.Site;
import io.github.connectionguard.network.site.SitePlan;
import io.github.connectionguard.testsupport.network.Network.Memory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests for a router that forgets connections which are quiet for 15 s.
 */
@Tag("network")
class ForgetfulFirewallTests {

	private static final Duration LIMIT = Duration.ofSeconds(15);

	private static final Duration QUIET = Duration.ofSeconds(20);

	private static final int SPELLS = 3;

	private static final Duration TOLERANCE = Duration.ofMillis(500);

	/**
	 * It takes two spells to learn the limit.
	 */
	private static final Duration FIRST_SPELLS = Duration.ofMillis(1100);

	private static final Duration LATER_SPELL = Duration.ofMillis(300);

	@ParameterizedTest
	@EnumSource
	void costsLittleAfterASpellOfQuiet(Memory memory) throws Exception {
		SitePlan plan = SitePlan.of("firewall-" + memory).withPath((network) -> network.forgetAfter(LIMIT, memory));
		try (Site site = plan.open(); Figures figures = new Figures("forgotten after 15 s, " + memory)) {
			for (int spell = 1; spell <= SPELLS; spell++) {
				site.fill();
				site.pass(QUIET);
				Both<Writes> writes = site.applications().map((application) -> application.write(Site.POOL_SIZE));
				writes.map(Writes::await);
				String after = " after spell " + spell;
				figures.notMore("failed writes" + after, writes.map(Writes::failed));
				figures.notMore("failed and done" + after, site.failedAndDone(writes));
				figures.notMore("acknowledged and lost" + after, site.lost(writes));
				figures.notLonger("slowest write" + after, writes.map(Writes::slowest), TOLERANCE);
				figures.atMost("slowest write, as promised," + after, writes.map(Writes::slowest),
						(spell <= 2) ? FIRST_SPELLS : LATER_SPELL);
			}
		}
	}

}
