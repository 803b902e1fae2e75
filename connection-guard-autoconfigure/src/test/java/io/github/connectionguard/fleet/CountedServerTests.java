package io.github.connectionguard.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.mysql.ServerLoad;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.UserSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CountedServer}.
 */
class CountedServerTests {

	private final CountedServer server = new CountedServer();

	@Test
	void whatIsAdvisedIsAdvisedOnce() {
		assertThat(this.server.told(occupancy("a", 0L, 19), 0)).isPresent();
		assertThat(this.server.told(occupancy("a", 0L, 18), 1)).isEmpty();
	}

	@Test
	void whatIsNoTroubleAtFirstMayBeLater() {
		assertThat(this.server.told(occupancy("a", 0L, 20), 0)).isEmpty();
		assertThat(this.server.told(occupancy("a", 0L, 19), 1)).isPresent();
	}

	@Test
	void clientsLostBeforeTheFirstTimeAreNotCounted() {
		this.server.told(occupancy("a", 7L, 100), 0);
		assertThat(aborted()).isZero();
		this.server.told(occupancy("a", 9L, 100), 1);
		assertThat(aborted()).isEqualTo(2);
	}

	@Test
	void clientsLostSinceTheServerWasStartedAgainAreCounted() {
		this.server.told(occupancy("a", 7L, 100), 0);
		this.server.told(occupancy("a", 9L, 100), 1);
		this.server.told(occupancy("a", 1L, 100), 2);
		assertThat(aborted()).isEqualTo(3);
	}

	@Test
	void clientsLostByAnotherServerAreNotCounted() {
		this.server.told(occupancy("a", 7L, 100), 0);
		this.server.told(occupancy("b", 1000L, 100), 1);
		assertThat(aborted()).isZero();
		this.server.told(occupancy("b", 1001L, 100), 2);
		assertThat(aborted()).isEqualTo(1);
	}

	@Test
	void poolThatCameLaterHasNone() {
		assertThat(this.server.report("one")).isNull();
		this.server.told(occupancy("a", 0L, 100), 0);
		assertThat(Objects.requireNonNull(this.server.report("one")).ofPool()).isEqualTo(1);
		assertThat(Objects.requireNonNull(this.server.report("later")).ofPool()).isZero();
	}

	private @Nullable Long aborted() {
		return Objects.requireNonNull(this.server.report("one")).aborted();
	}

	private static Occupancy occupancy(String serverId, Long aborted, long maximum) {
		ServerSessionFacts facts = new ServerSessionFacts(new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL), 1,
				true, "MySQL", serverId, "9.7.4", false, maximum, 60, "app@%", null, Duration.ofHours(8), 0);
		ServerLoad load = new ServerLoad(Duration.ofHours(1), 1L, aborted, new UserSessions(Map.of(1L, "a")));
		return new Occupancy(facts, load, 0, List.of(new PoolShare("db:3306", "one", 10, "app@%", Set.of(1L))));
	}

}
