package io.github.connectionguard.fault;

import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.connectionguard.diagnosis.RetirementCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what is told of why connections were retired that had not been lost.
 */
@Tag("extended")
class RetiredConnectionTests {

	private static final String HOUSEKEEPING = "com.zaxxer.hikari.housekeeping.periodMs";

	private final TestServer server = TestServer.shared();

	@Test
	void plannedEndIsTold() {
		try (Scene scene = new Scene(this.server)) {
			scene.open(1, "?sessionVariables=wait_timeout=2");
			assertTold(scene, RetirementCause.MAX_LIFETIME, "it had come to its planned end (max-lifetime is 1.8 s)");
		}
	}

	@Test
	void connectionThatNobodyNeedsIsTold() {
		System.setProperty(HOUSEKEEPING, "200");
		try (Scene scene = new Scene(this.server)) {
			scene.open(2);
			HikariDataSource pool = (HikariDataSource) scene.requests().dataSource();
			pool.setMinimumIdle(1);
			pool.setIdleTimeout(500);
			assertTold(scene, RetirementCause.IDLE_TIMEOUT,
					"the pool had more connections than it needed (idle-timeout is 0.5 s)");
		}
		finally {
			System.clearProperty(HOUSEKEEPING);
		}
	}

	@Test
	void evictionIsTold() {
		try (Scene scene = new Scene(this.server)) {
			scene.open(1);
			HikariPoolMXBean pool = ((HikariDataSource) scene.requests().dataSource()).getHikariPoolMXBean();
			pool.softEvictConnections();
			assertTold(scene, RetirementCause.EVICTED,
					"the pool was told to close it before its time (max-lifetime is 1800.0 s)");
		}
	}

	@Test
	void requestOfTheEndpointIsTold() {
		try (Scene scene = new Scene(this.server)) {
			scene.open(2);
			scene.requests().pool().replaceConnections();
			assertTold(scene, RetirementCause.REQUESTED, "somebody had all connections replaced");
		}
	}

	@Test
	void abortIsTold() throws SQLException {
		try (Scene scene = new Scene(this.server)) {
			scene.open(1);
			scene.requests().dataSource().getConnection().abort(Runnable::run);
			assertTold(scene, RetirementCause.ABORTED, "this application aborted it");
		}
	}

	@Test
	void endOfThePoolIsTold() {
		try (Scene scene = new Scene(this.server)) {
			scene.open(1);
			((HikariDataSource) scene.requests().dataSource()).close();
			assertTold(scene, RetirementCause.POOL_CLOSED, "the pool was closed");
		}
	}

	@Test
	@Tag("slow")
	void demotionOfTheServerIsTold() throws SQLException {
		try (TestServer own = TestServer.start(); Scene scene = new Scene(own)) {
			String user = scene.createUser();
			own.execute("CREATE TABLE " + user + ".work (id INT)");
			scene.open(2, "spring.datasource.username=" + user);
			own.execute("SET GLOBAL read_only = ON");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> scene.requests().statement("INSERT INTO " + user + ".work VALUES (1)").run());
			assertTold(scene, RetirementCause.SERVER_DEMOTED, "the server it led to has become read-only");
		}
	}

	@Test
	@Tag("slow")
	void replacementOfTheServerIsTold() throws SQLException {
		try (TestServer old = TestServer.start(); TestServer next = TestServer.start(); Scene scene = new Scene(old)) {
			scene.openThroughHop(old);
			next.createDatabase();
			scene.hop().move(next.port());
			old.execute("KILL " + scene.requests().query("SELECT CONNECTION_ID()"));
			assertTold(scene, RetirementCause.SERVER_REPLACED, "another server answers in the place of the one it led");
		}
	}

	private static void assertTold(Scene scene, RetirementCause cause, String sentence) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(scene.events(GuardEvent.ConnectionRetired.class)).isNotEmpty()
				.allSatisfy((retired) -> {
					assertThat(retired.cause()).isEqualTo(cause);
					assertThat(retired.description()).startsWith(sentence)
						.matches(".*: (never borrowed|last borrowed \\d+\\.\\d s ago), \\d+\\.\\d s old");
					assertThat(retired.age()).isPositive();
				}));
	}

}
