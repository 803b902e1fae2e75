package io.github.connectionguard.lifetime;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LifetimePlan}.
 */
class LifetimePlanTests {

	private static final PoolTimers HIKARI_DEFAULTS = new PoolTimers(Duration.ofMinutes(30), Duration.ofMinutes(2));

	private static final List<Long> USER_MILLIS = List.of(0L, 1L, 250L, 1_000L, 10_000L, 29_999L, 30_000L, 60_000L,
			120_000L, 1_800_000L, 100_000_000L, 200_000_000L);

	@Test
	void everyLimitAndUserSettingKeepsBothTimersBelowTheLimitAndTheUsersOwnValues() {
		for (int seconds = 1; seconds <= 100_000; seconds++) {
			ServerLimits server = new ServerLimits(Duration.ofSeconds(seconds), LimitSource.GLOBAL);
			for (long lifetime : USER_MILLIS) {
				for (long keepalive : USER_MILLIS) {
					check(server, new PoolTimers(Duration.ofMillis(lifetime), Duration.ofMillis(keepalive)));
				}
			}
		}
	}

	private static void check(ServerLimits server, PoolTimers user) {
		LifetimePlan plan = LifetimePlan.of(server, null, user, true);
		long limit = server.waitTimeout().toMillis();
		long lifetime = plan.maxLifetime().toMillis();
		long keepalive = plan.keepalive().toMillis();
		boolean sound = lifetime > 0 && lifetime < limit && isNotAbove(lifetime, user.maxLifetime())
				&& keepalive * 2 < limit
				&& (user.keepalive().isZero() ? keepalive == 0
						: keepalive > 0 && isNotAbove(keepalive, user.keepalive()))
				&& !plan.heldKeepalive().isZero() && plan.heldKeepalive().toMillis() * 2 < limit;
		PoolTimers pool = plan.poolTimers();
		boolean agreeing = pool.keepalive().compareTo(pool.maxLifetime()) < 0;
		if (!sound || !agreeing) {
			assertThat(plan).as("limit %d ms, user %s", limit, user).isNull();
		}
	}

	private static boolean isNotAbove(long planned, Duration user) {
		return user.isZero() || planned <= user.toMillis();
	}

	@Test
	void defaultsStayAsTheyAreUnderMySqlsDefaultLimit() {
		LifetimePlan plan = LifetimePlan.of(new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL), null,
				HIKARI_DEFAULTS, true);
		assertThat(plan.poolTimers()).isEqualTo(HIKARI_DEFAULTS);
	}

	@Test
	void networkLimitCountsWhereItIsShorter() {
		ServerLimits server = new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL);
		LifetimePlan plan = LifetimePlan.of(server, new NetworkLimit(Duration.ofSeconds(350), LimitSource.NETWORK),
				HIKARI_DEFAULTS, true);
		assertThat(plan.source()).isEqualTo(LimitSource.NETWORK);
		assertThat(plan.keepalive()).isLessThan(Duration.ofSeconds(175));
	}

	@Test
	void connectionsOutliveTheNetworksLimitWhileTheyArePinged() {
		NetworkLimit network = new NetworkLimit(Duration.ofSeconds(10), LimitSource.LEARNED);
		LifetimePlan pinged = LifetimePlan.of(new ServerLimits(Duration.ofSeconds(600), LimitSource.GLOBAL), network,
				HIKARI_DEFAULTS, true);
		assertThat(pinged.maxLifetime()).isEqualTo(Duration.ofSeconds(570));
		assertThat(pinged.keepalive()).isLessThan(Duration.ofSeconds(5));
		LifetimePlan quiet = LifetimePlan.of(new ServerLimits(Duration.ofSeconds(600), LimitSource.GLOBAL), network,
				new PoolTimers(Duration.ofMinutes(30), Duration.ZERO), true);
		assertThat(quiet.maxLifetime()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void connectionsAreReplacedBeforeTheNetworksLimitWhereNobodyPings() {
		ServerLimits server = new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL);
		NetworkLimit network = new NetworkLimit(Duration.ofSeconds(350), LimitSource.NETWORK);
		assertThat(LifetimePlan.of(server, network, HIKARI_DEFAULTS, true).maxLifetime())
			.isEqualTo(Duration.ofMinutes(30));
		assertThat(LifetimePlan.of(server, network, HIKARI_DEFAULTS, false).maxLifetime())
			.isEqualTo(Duration.ofSeconds(320));
		assertThat(LifetimePlan.of(server, null, HIKARI_DEFAULTS, false).poolTimers()).isEqualTo(HIKARI_DEFAULTS);
	}

	@Test
	void networkLimitDoesNotCountWhereTheServersIsShorter() {
		ServerLimits server = new ServerLimits(Duration.ofSeconds(60), LimitSource.SESSION);
		LifetimePlan plan = LifetimePlan.of(server, new NetworkLimit(Duration.ofSeconds(350), LimitSource.NETWORK),
				HIKARI_DEFAULTS, true);
		assertThat(plan.source()).isEqualTo(LimitSource.SESSION);
		assertThat(plan.maxLifetime()).isEqualTo(Duration.ofSeconds(54));
	}

	@Test
	void limitForTransactionsCountsForHeldConnectionsAlone() {
		ServerLimits server = new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL, Duration.ofSeconds(30));
		LifetimePlan plan = LifetimePlan.of(server, null, HIKARI_DEFAULTS, true);
		assertThat(plan.poolTimers()).isEqualTo(HIKARI_DEFAULTS);
		assertThat(plan.heldKeepalive()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void userValueReturnsWhenTheLimitRises() {
		LifetimePlan low = LifetimePlan.of(new ServerLimits(Duration.ofSeconds(60), LimitSource.GLOBAL), null,
				HIKARI_DEFAULTS, true);
		LifetimePlan high = LifetimePlan.of(new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL), null,
				HIKARI_DEFAULTS, true);
		assertThat(low.poolTimers()).isNotEqualTo(HIKARI_DEFAULTS);
		assertThat(high.poolTimers()).isEqualTo(HIKARI_DEFAULTS);
	}

	@Test
	void keepaliveTheUserSwitchedOffStaysOffForIdleConnectionsAlone() {
		LifetimePlan plan = LifetimePlan.of(new ServerLimits(Duration.ofSeconds(60), LimitSource.GLOBAL), null,
				new PoolTimers(Duration.ofMinutes(30), Duration.ZERO), true);
		assertThat(plan.poolTimers().keepalive()).isZero();
		assertThat(plan.heldKeepalive()).isEqualTo(Duration.ofSeconds(20));
	}

}
