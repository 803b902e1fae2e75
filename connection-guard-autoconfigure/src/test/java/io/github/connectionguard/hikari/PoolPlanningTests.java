package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.advice.StartReport;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.event.EventStream;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.event.PoolEvents;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolPlanning}.
 */
class PoolPlanningTests {

	private final TestServer server = TestServer.shared();

	@Test
	void limitThatIsLearnedWhileAConnectionIsOpenedIsKept() {
		GuardedApplication.on(this.server, this.server.createDatabase(), "sessionVariables=wait_timeout=60")
			.run((context) -> {
				ConnectionLedger ledger = GuardedApplication.openPool(context).ledger();
				PhysicalConnection connection = ledger.connections().iterator().next();
				InterruptedDataSource dataSource = new InterruptedDataSource();
				PoolPlanning planning = new PoolPlanning(dataSource,
						new PoolSettings(null, true, Duration.ofSeconds(1), Duration.ofSeconds(10), true, false,
								List.of(), null, false),
						new PoolEvents(new EventStream(), () -> "pool"), new StartReport(() -> "pool"));
				Thread learning = new Thread(() -> learn(planning, ledger));
				dataSource.amidst = () -> {
					learning.start();
					Awaitility.await()
						.until(() -> List.of(Thread.State.BLOCKED, Thread.State.TERMINATED)
							.contains(learning.getState()));
				};
				planning.ready(connection, Objects.requireNonNull(connection.facts()));
				learning.join();
				assertThat(planning.plan()).isNotNull()
					.satisfies((plan) -> assertThat(plan.source()).isEqualTo(LimitSource.LEARNED))
					.isEqualTo(connection.plan());
			});
	}

	@Test
	void withoutKeepaliveConnectionsAreReplacedBeforeAConfiguredLimitAndNotForALearnedOne() {
		GuardedApplication.on(this.server, this.server.createDatabase())
			.withPropertyValues("connection-guard.keepalive.enabled=false",
					"connection-guard.network-idle-timeout=100s")
			.run((context) -> {
				GuardedPool pool = GuardedApplication.openPool(context);
				assertThat(pool.dataSource().getMaxLifetime()).isEqualTo(90_000);
				learn(pool.planning(), pool.ledger());
				assertThat(pool.dataSource().getMaxLifetime()).isEqualTo(90_000);
				assertThat(GuardedApplication.events(context, GuardEvent.LimitLearned.class)).hasSize(1);
				assertThat(GuardedApplication.events(context, GuardEvent.LimitsChanged.class)).hasSize(1);
			});
	}

	@Test
	void learnedLimitIsForgottenWithWhatItWasLearnedFrom() {
		GuardedApplication.on(this.server, this.server.createDatabase(), "sessionVariables=wait_timeout=60")
			.run((context) -> {
				GuardedPool pool = GuardedApplication.openPool(context);
				assertThat(pool.forgetLimit()).isFalse();
				learn(pool.planning(), pool.ledger());
				assertThat(pool.plan()).extracting(LifetimePlan::source).isEqualTo(LimitSource.LEARNED);
				assertThat(pool.forgetLimit()).isTrue();
				assertThat(pool.plan()).extracting(LifetimePlan::source).isEqualTo(LimitSource.SESSION);
				assertThat(pool.ledger().connections()).extracting(PhysicalConnection::plan)
					.filteredOn(Objects::nonNull)
					.containsOnly(pool.plan());
				pool.planning().dropped(Duration.ofSeconds(20), false, TimeUnit.HOURS.toNanos(1));
				pool.planning().learn(false, pool.ledger());
				assertThat(pool.plan()).extracting(LifetimePlan::source).isEqualTo(LimitSource.SESSION);
			});
	}

	private static void learn(PoolPlanning planning, ConnectionLedger ledger) {
		for (int occasion = 1; occasion <= 3; occasion++) {
			planning.dropped(Duration.ofSeconds(20), false, TimeUnit.MINUTES.toNanos(occasion));
		}
		planning.learn(false, ledger);
	}

	/**
	 * A pool to which something happens in the midst of being given its timers, once.
	 */
	private static final class InterruptedDataSource extends HikariDataSource {

		private @Nullable Runnable amidst;

		@Override
		public void setMaxLifetime(long maxLifetimeMs) {
			super.setMaxLifetime(maxLifetimeMs);
			Runnable once = this.amidst;
			this.amidst = null;
			if (once != null) {
				once.run();
			}
		}

	}

}
