package io.github.connectionguard.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.test.AtOnce;
import io.github.connectionguard.test.Bursts;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a network that forgets idle flows and tells nobody.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("extended")
@Tag("timed")
class ForgottenFlowsTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@Test
	@Tag("slow")
	void idleLimitOfTheNetworkIsLearnedInTwoSpells(CapturedOutput output) throws Exception {
		List<Duration> slowest = spells(Duration.ofSeconds(20), Duration.ofSeconds(30), 6);
		assertThat(slowest.get(0)).isLessThan(Duration.ofMillis(1100));
		Duration atOnce = AtOnce.on(this.server, Duration.ofMillis(100));
		assertThat(slowest.subList(2, 6)).allMatch((duration) -> duration.compareTo(atOnce) < 0);
		assertThat(output.getAll().lines().filter((line) -> line.contains("dropped by something between"))).hasSize(1)
			.first()
			.asString()
			.contains("a load balancer, NAT or proxy", "set connection-guard.network-idle-timeout");
	}

	@Test
	@Tag("slow")
	void idleLimitOfAProxyThatClosesIsLearnedInThreeSpells() throws Exception {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database)) {
			for (int spell = 0; spell < 3; spell++) {
				Awaitility.await().pollDelay(Duration.ofSeconds(7)).until(() -> true);
				hop.reset();
				Set<PhysicalConnection> closed = Set.copyOf(requests.pool().ledger().connections());
				Awaitility.await()
					.untilAsserted(() -> assertThat(requests.pool().ledger().connections()).hasSize(Requests.POOL)
						.doesNotContainAnyElementsOf(closed));
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(requests.pool().plan()).isNotNull()
					.extracting(LifetimePlan::source)
					.isEqualTo(LimitSource.LEARNED));
		}
	}

	@Test
	@Tag("slow")
	void learnedLimitIsForgottenWhenItNoLongerHolds(CapturedOutput output) throws Exception {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database)) {
			hop.forgetIdleAfter(Duration.ofSeconds(11));
			Bursts.of(requests.dataSource(), Requests.POOL);
			for (int spell = 0; spell < 2; spell++) {
				Awaitility.await()
					.pollDelay(Duration.ofSeconds(13))
					.atMost(Duration.ofSeconds(30))
					.until(() -> requests.pool().snapshot().idle() == Requests.POOL);
				assertThat(Bursts.of(requests.dataSource(), Requests.POOL)).isEmpty();
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(output.getAll()).contains("dropped by something between"));
			hop.forgetIdleAfter(Duration.ofHours(1));
			Awaitility.await()
				.atMost(Duration.ofMinutes(3))
				.untilAsserted(() -> assertThat(output.getAll())
					.contains("what the network was learned to allow is forgotten"));
			assertThat(requests.pool().plan()).isNotNull()
				.extracting(LifetimePlan::source)
				.isEqualTo(LimitSource.GLOBAL);
		}
	}

	private List<Duration> spells(Duration limit, Duration quiet, int count) throws InterruptedException {
		List<Duration> slowest = new ArrayList<>();
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database)) {
			hop.forgetIdleAfter(limit);
			Bursts.of(requests.dataSource(), Requests.POOL);
			for (int spell = 0; spell < count; spell++) {
				Awaitility.await().pollDelay(quiet).atMost(quiet.plusSeconds(5)).until(() -> true);
				long begin = System.nanoTime();
				assertThat(Bursts.of(requests.dataSource(), Requests.POOL)).isEmpty();
				slowest.add(Duration.ofNanos(System.nanoTime() - begin));
				Awaitility.await().until(() -> requests.pool().snapshot().idle() == Requests.POOL);
			}
			assertThat(requests.pool().plan()).isNotNull()
				.satisfies((plan) -> assertThat(plan.source()).isEqualTo(LimitSource.LEARNED));
		}
		return slowest;
	}

	@Test
	void borrowersOfForgottenConnectionsWaitNoLongerThanOneValidation() throws Exception {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database,
						"connection-guard.validation.ping-after=1s", "connection-guard.keepalive.enabled=false")) {
			hop.forgetIdleAfter(Duration.ofSeconds(2));
			Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> hop.flows() == 0);
			long begin = System.nanoTime();
			assertThat(Bursts.of(requests.dataSource(), Requests.POOL)).isEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1100));
		}
	}

	@Test
	void borrowOfAForgottenConnectionIsShortWhenTheServerAnswersOthers() throws Exception {
		try (TcpHop hop = TcpHop.to(this.server.port());
				Requests requests = Requests.through(hop, this.server, this.database,
						"connection-guard.validation.ping-after=1s", "connection-guard.keepalive.enabled=false")) {
			hop.forgetIdleAfter(Duration.ofSeconds(2));
			Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> hop.flows() == 0);
			long begin = System.nanoTime();
			assertThat(requests.query("SELECT 42")).isEqualTo(42);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(700));
		}
	}

}
