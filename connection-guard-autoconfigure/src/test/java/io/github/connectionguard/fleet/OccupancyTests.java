package io.github.connectionguard.fleet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.mysql.ServerLoad;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.UserSessions;
import io.github.connectionguard.report.ServerReport.Sessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Occupancy}.
 */
class OccupancyTests {

	private static final String ACCOUNT = "app@%";

	/**
	 * The number of a session that was made to ask.
	 */
	private static final long GUEST = 999;

	@Test
	void connectionsAreOursOurFleetsAndOthers() {
		Occupancy occupancy = of(facts(1, 100, 0), 20L, sessions(Map.of("a", ids(1, 5), "b", ids(6, 12))),
				share("one", 5, ACCOUNT, ids(1, 5)));
		assertThat(occupancy.connected()).isEqualTo(20);
		assertThat(occupancy.sessions()).isEqualTo(new Sessions(12, 5, 7, 8, 3));
		assertThat(occupancy.byPool()).isEqualTo(Map.of("one", 5));
	}

	@Test
	void loginThatOnlyAskedIsCountedNowhere() {
		Occupancy occupancy = of(facts(GUEST, 100, 0), 6L, sessions(Map.of("a", ids(1, 5), "a ", Set.of(GUEST))),
				share("one", 5, ACCOUNT, ids(1, 5)));
		assertThat(occupancy.connected()).isEqualTo(5);
		assertThat(occupancy.sessions()).extracting(Sessions::ofAccount, Sessions::fleet, Sessions::others)
			.containsExactly(5, 0, 0L);
	}

	@Test
	void poolsOfAnotherAccountAreOursThoughTheServerDoesNotShowThem() {
		Occupancy occupancy = of(facts(1, 100, 0), 10L, sessions(Map.of("a", ids(1, 5))),
				share("one", 5, ACCOUNT, ids(1, 5)), share("two", 3, "reports@%", ids(20, 22)));
		assertThat(occupancy.sessions()).isEqualTo(new Sessions(5, 8, 0, 2, 1));
	}

	@Test
	void sessionThatTheServerDoesNotKnowAnyMoreIsNotCounted() {
		Occupancy occupancy = of(facts(1, 100, 0), 4L, sessions(Map.of("a", ids(1, 4))),
				share("one", 5, ACCOUNT, ids(1, 5)));
		assertThat(occupancy.sessions()).isEqualTo(new Sessions(4, 4, 0, 0, 1));
	}

	@Test
	void nothingIsSaidOfWhomSessionsAreWhereNobodyKnows() {
		Occupancy occupancy = of(facts(1, 100, 0), 20L, null, share("one", 5, ACCOUNT, ids(1, 5)));
		assertThat(occupancy.sessions()).isNull();
		assertThat(occupancy.advice(50)).isNull();
		assertThat(occupancy.byPool()).isEqualTo(Map.of("one", 5));
	}

	@Test
	void instancesThatNameThemselvesAreTakenAtTheirWord() {
		UserSessions sessions = sessions(Map.of("a", ids(1, 5), "b", ids(6, 12)));
		Occupancy occupancy = new Occupancy(facts(1, 100, 0), new ServerLoad(null, 20L, null, sessions), 2,
				List.of(share("one", 5, ACCOUNT, ids(1, 5))));
		assertThat(occupancy.sessions()).extracting(Sessions::instances).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "28, 0, max_connections", "29, 0,", "0, 0,", "28, 19, max_user_connections",
			"29, 19, max_user_connections", "29, 20," })
	void rollingDeploymentBeyondALimitIsNoticed(long maximum, long ofAccount, @Nullable String limit) {
		Occupancy occupancy = of(facts(1, maximum, ofAccount), 14L, sessions(Map.of("a", ids(1, 5))),
				share("one", 5, ACCOUNT, ids(1, 5)));
		String advice = occupancy.advice(2);
		if (limit == null) {
			assertThat(advice).isNull();
		}
		else {
			assertThat(advice).startsWith("Advice (fleet): a rolling deployment may need ")
				.contains("more than " + limit + ", ", "5 for each instance", "seem to be 2 ");
		}
	}

	private static Occupancy of(ServerSessionFacts facts, Long connected, @Nullable UserSessions sessions,
			PoolShare... pools) {
		return new Occupancy(facts, new ServerLoad(null, connected, null, sessions), 0, List.of(pools));
	}

	private static PoolShare share(String name, int maximum, String account, Set<Long> ids) {
		return new PoolShare("db:3306", name, maximum, account, ids);
	}

	private static UserSessions sessions(Map<String, Set<Long>> byHost) {
		Map<Long, String> hosts = new HashMap<>();
		byHost.forEach((host, ids) -> ids.forEach((id) -> hosts.put(id, host.trim())));
		return new UserSessions(hosts);
	}

	private static Set<Long> ids(long first, long last) {
		return LongStream.rangeClosed(first, last).boxed().collect(Collectors.toSet());
	}

	private static ServerSessionFacts facts(long id, long maximum, long ofAccount) {
		return new ServerSessionFacts(new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL), id, true, "MySQL", "a",
				"9.7.4", false, maximum, 60, ACCOUNT, null, Duration.ofHours(8), ofAccount);
	}

}
