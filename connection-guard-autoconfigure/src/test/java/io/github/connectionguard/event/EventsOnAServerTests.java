package io.github.connectionguard.event;

import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.PoolReport;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.KilledConnection;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is told and reported of a pool to a real server.
 */
class EventsOnAServerTests {

	private final TestServer server = TestServer.shared();

	private final ApplicationContextRunner runner = runner(this.server);

	private static ApplicationContextRunner runner(TestServer server) {
		return GuardedApplication.on(server, server.createDatabase())
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=2",
					"spring.datasource.hikari.pool-name=told");
	}

	@Test
	void openedAndLostConnectionsAndNewLimitsAreTold() {
		this.runner.run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			awaitEvents(context, GuardEvent.ConnectionOpened.class, 2);
			PhysicalConnection killed = pool.ledger().connections().iterator().next();
			String name = killed.connection().toString();
			this.server.execute("KILL " + Objects.requireNonNull(killed.facts()).connectionId());
			awaitEvents(context, GuardEvent.ConnectionLost.class, 1);
			awaitEvents(context, GuardEvent.ConnectionOpened.class, 3);
			assertThat(GuardedApplication.events(context, GuardEvent.ConnectionLost.class)).singleElement()
				.satisfies((lost) -> {
					assertThat(lost.pool()).isEqualTo("told");
					assertThat(lost.connection()).isEqualTo(name);
					assertThat(lost.age()).isPositive().isGreaterThanOrEqualTo(lost.quiet());
					assertThat(lost.cause()).isEqualTo(LossCause.LOST);
				});
			awaitEvents(context, GuardEvent.LossExplained.class, 1);
			assertThat(GuardedApplication.events(context, GuardEvent.LossExplained.class)).singleElement()
				.satisfies((explained) -> {
					assertThat(explained.connection()).isEqualTo(name);
					assertThat(explained.description())
						.isEqualTo(Objects.requireNonNull(pool.report().lastLoss()).description());
				});
			assertThat(GuardedApplication.events(context, GuardEvent.LimitsChanged.class)).singleElement()
				.extracting(GuardEvent.LimitsChanged::maxLifetime)
				.isEqualTo(Objects.requireNonNull(pool.plan()).maxLifetime());
			assertThat(GuardedApplication.events(context, GuardEvent.ConnectionRetired.class)).isEmpty();
		});
	}

	@Test
	void connectionThatThePoolClosesIsRetired() {
		this.runner.run((context) -> {
			GuardedApplication.openPool(context);
			HikariDataSource dataSource = context.getBean(HikariDataSource.class);
			dataSource.evictConnection(dataSource.getConnection());
			awaitEvents(context, GuardEvent.ConnectionRetired.class, 1);
			assertThat(GuardedApplication.events(context, GuardEvent.ConnectionLost.class)).isEmpty();
		});
	}

	@Test
	void commitOnAConnectionThatWasKilledIsTold() {
		this.runner.run((context) -> {
			GuardedApplication.openPool(context);
			KilledConnection.commit(this.server, context.getBean(HikariDataSource.class));
			assertThat(GuardedApplication.events(context, GuardEvent.CommitFailed.class)).hasSize(1);
		});
	}

	@Test
	@Tag("slow")
	void restartIsAnOutage() {
		try (TestServer own = TestServer.start()) {
			runner(own).run((context) -> {
				GuardedPool pool = GuardedApplication.openPool(context);
				own.stop();
				awaitEvents(context, GuardEvent.OutageBegan.class, 1);
				own.startAgain();
				awaitEvents(context, GuardEvent.OutageEnded.class, 1);
				assertThat(GuardedApplication.events(context, GuardEvent.OutageEnded.class).get(0).lasted())
					.isPositive();
				Awaitility.await().until(() -> pool.report().counters().idle() == 2);
			});
		}
	}

	@Test
	void reportTellsWhoHoldsWhat() {
		this.runner.run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			Awaitility.await().until(() -> pool.leases().reports().size() == 2);
			try (Connection held = context.getBean(HikariDataSource.class).getConnection()) {
				assertThat(held.isClosed()).isFalse();
				PoolReport report = pool.report();
				assertThat(report.name()).isEqualTo("told");
				assertThat(report.counters().active()).isOne();
				assertThat(pool.leases().reports()).extracting(ConnectionReport::holder)
					.containsExactlyInAnyOrder(Thread.currentThread().getName(), null);
			}
			assertThat(pool.leases().reports()).extracting(ConnectionReport::holder).containsOnlyNulls();
		});
	}

	@Test
	void beanThatListensIsTold() {
		this.runner.withUserConfiguration(Listening.class).run((context) -> {
			GuardedApplication.openPool(context);
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(Listening.class).told)
					.hasAtLeastOneElementOfType(GuardEvent.ConnectionOpened.class));
		});
	}

	private static void awaitEvents(ApplicationContext context, Class<? extends GuardEvent> type, int count) {
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(GuardedApplication.events(context, type)).hasSizeGreaterThanOrEqualTo(count));
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		private final List<GuardEvent> told = new CopyOnWriteArrayList<>();

		@Bean
		GuardEventListener listener() {
			return this.told::add;
		}

	}

}
