package io.github.connectionguard.keepalive;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pool of more connections than are looked at in one walk.
 */
@Tag("extended")
class ManyConnectionsTests {

	private static final int POOL = 260;

	private static final Duration SOME_WALKS = Duration.ofSeconds(20);

	@Test
	void eachOfManyConnectionsIsFoundDeadWithoutABorrow() throws SQLException {
		try (TestServer server = TestServer.start("--max-connections=400");
				ConfigurableApplicationContext application = GuardedApplication.start(server, server.createDatabase(),
						"spring.datasource.hikari.maximum-pool-size=" + POOL)) {
			GuardedPool pool = GuardedApplication.openPool(application);
			for (int place : List.of(0, POOL - 1)) {
				await().until(() -> pool.snapshot().idle() == POOL);
				PhysicalConnection victim = new ArrayList<>(pool.ledger().connections()).get(place);
				server.execute("KILL " + Objects.requireNonNull(victim.facts()).connectionId());
				await().until(victim::isLost);
			}
			await().until(() -> pool.snapshot().idle() == POOL);
			assertThat(pool.ledger().connections()).hasSize(POOL).noneMatch(PhysicalConnection::isLost);
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(SOME_WALKS);
	}

}
