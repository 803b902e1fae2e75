package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.lifetime.ServerLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HikariTimers}.
 */
class HikariTimersTests {

	private static final List<Integer> USER_SECONDS = List.of(0, 1, 20, 29, 30, 31, 60, 119, 120, 121, 1800, 36000);

	@Test
	void noValueReachesHikariWhereItWouldReplaceIt() {
		for (int lifetime : USER_SECONDS) {
			for (int keepalive : USER_SECONDS) {
				for (int limit : List.of(1, 5, 29, 30, 31, 45, 60, 600, 28800)) {
					PoolTimers user = timers(lifetime, keepalive);
					HikariConfig config = config(user);
					HikariTimers timers = new HikariTimers(config);
					config.validate();
					timers.validated();
					assertThat(timers.requested()).as("user %s", user).isEqualTo(user);
					PoolTimers planned = LifetimePlan
						.of(new ServerLimits(Duration.ofSeconds(limit), LimitSource.GLOBAL), null, user, true)
						.poolTimers();
					timers.set(planned);
					assertThat(config.getMaxLifetime()).isEqualTo(planned.maxLifetime().toMillis());
					assertThat(config.getKeepaliveTime()).isEqualTo(planned.keepalive().toMillis());
				}
			}
		}
	}

	@Test
	void valueChangedBetweenTheBeginAndTheStartIsTheUsers() {
		HikariConfig config = config(timers(1800, 120));
		HikariTimers timers = new HikariTimers(config);
		config.setMaxLifetime(90_000);
		config.validate();
		timers.validated();
		assertThat(timers.requested().maxLifetime()).isEqualTo(Duration.ofSeconds(90));
	}

	@Test
	void valueTheUserChangesOnARunningPoolIsAskedForFromThenOn() {
		HikariConfig config = config(timers(1800, 120));
		HikariTimers timers = new HikariTimers(config);
		timers.validated();
		timers.set(timers(54, 20));
		assertThat(timers.requested()).isEqualTo(timers(1800, 120));
		config.setMaxLifetime(40_000);
		assertThat(timers.requested()).isEqualTo(timers(40, 120));
	}

	private static PoolTimers timers(int lifetime, int keepalive) {
		return new PoolTimers(Duration.ofSeconds(lifetime), Duration.ofSeconds(keepalive));
	}

	private static HikariConfig config(PoolTimers user) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl("jdbc:mysql://localhost/test");
		config.setMaxLifetime(user.maxLifetime().toMillis());
		config.setKeepaliveTime(user.keepalive().toMillis());
		return config;
	}

}
