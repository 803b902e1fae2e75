package io.github.connectionguard.differential;

import java.sql.SQLException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that programs see the same on a guarded connection as on a plain one. A failure
 * tells the seed, with which {@code -Ddifferential.seed=…} runs that program alone, and
 * the shortest program that shows it. How many programs the slow tests run for each
 * driver is for {@code -Ddifferential.programs=…} to say.
 */
@Tag("extended")
class DifferentialTests {

	private static final int SAMPLE = 20;

	private static final int MANY = Integer.getInteger("differential.programs", 2000);

	private static final ProgramServers servers = new ProgramServers();

	@AfterAll
	static void stopServers() {
		servers.close();
	}

	@ParameterizedTest
	@MethodSource("quickSetups")
	void randomProgramsSeeWhatTheySeeWithoutTheGuard(Setup setup) throws SQLException {
		try (Campaign campaign = new Campaign(servers.of(setup), setup)) {
			campaign.random(0, SAMPLE);
		}
	}

	@ParameterizedTest
	@MethodSource("setups")
	@Tag("slow")
	void manyRandomProgramsSeeWhatTheySeeWithoutTheGuard(Setup setup) throws SQLException {
		long setups = Setup.all().filter((other) -> other.connector() == setup.connector()).count();
		try (Campaign campaign = new Campaign(servers.of(setup), setup)) {
			campaign.random(SAMPLE, Math.toIntExact(MANY / setups));
		}
	}

	@ParameterizedTest
	@EnumSource
	@Tag("slow")
	void pairsInATransactionSeeWhatTheySeeWithoutTheGuard(Connector connector) throws SQLException {
		Setup setup = Setup.plain(connector);
		try (Campaign campaign = new Campaign(servers.of(setup), setup)) {
			campaign.systematic(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyMethodDoesWhatItDoesWithoutTheGuard(Connector connector) throws SQLException {
		Setup setup = Setup.plain(connector);
		try (Campaign campaign = new Campaign(servers.of(setup), setup)) {
			campaign.interfaces();
		}
	}

	static Stream<Setup> setups() {
		return Setup.all();
	}

	/**
	 * Return the set-ups without those that would have a server make itself a TLS key,
	 * which takes MariaDB many seconds.
	 */
	static Stream<Setup> quickSetups() {
		return Setup.all().filter((setup) -> !setup.encrypted() || !servers.isMariaDb());
	}

}
