package io.github.connectionguard.hikari;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.LoggedEvents;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the log tells of a pool at its start, on a real server.
 */
class StartOnAServerTests {

	private final TestServer server = TestServer.shared();

	private final LoggedEvents log = LoggedEvents.record();

	private final ApplicationContextRunner runner = GuardedApplication
		.on(this.server, this.server.createDatabase(), "sessionVariables=wait_timeout=60")
		.withPropertyValues("spring.datasource.hikari.pool-name=orders");

	@AfterEach
	void stopRecording() {
		this.log.close();
	}

	@Test
	void oneBlockTellsTheLimitWhatWasChangedAndHowSessionsRun() {
		this.runner.run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			Awaitility.await().until(() -> pool.ledger().connections().size() == 10);
			assertThat(this.log.messages()).singleElement().asString().satisfies((block) -> {
				List<String> lines = block.lines().toList();
				assertThat(lines).hasSize(2);
				assertThat(lines.get(0)).startsWith("orders - the session's own wait_timeout (")
					.contains(" at " + this.server.host() + ":" + this.server.port() + ") is 60 s; ")
					.contains("max-lifetime 1800 s -> 54 s, keepalive-time 120 s -> 20 s, ");
				assertThat(lines.get(1)).isEqualTo(
						"\tSessions run in mode 'unit', because the transaction manager is " + "Spring's own for JDBC");
			});
		});
	}

	@Test
	void poolThatIsUsedBeforeSessionsAreDecidedHasTheSameBlock() {
		this.runner.withUserConfiguration(EarlyUse.class).run((context) -> {
			GuardedApplication.openPool(context);
			assertThat(this.log.messages()).singleElement()
				.asString()
				.contains(" is 60 s; ")
				.contains("\n\tSessions run in mode 'unit', ");
		});
	}

	@Test
	void whatIsOffIsToldWithTheReason() {
		this.runner.withPropertyValues("connection-guard.keepalive.enabled=false", "connection-guard.session.mode=off",
				"connection-guard.defer-session-state=false",
				"spring.datasource.hikari.data-source-properties.socketFactory=com.mysql.cj.protocol.StandardSocketFactory")
			.run((context) -> {
				GuardedApplication.openPool(context);
				assertThat(this.log.messages()).singleElement()
					.asString()
					.contains("\n\tSessions run in mode 'off', because connection-guard.session.mode says so",
							"\n\tNothing is pinged, since connection-guard.keepalive.enabled is false: ",
							"\n\tThe state of sessions is set at once, since connection-guard.defer-session-state is false",
							"\n\tConnections are not looked at when they are lent, since the driver's property "
									+ "socketFactory is set: ");
			});
	}

	@Test
	void poolThatSessionsDoNotCoverIsToldThat() {
		this.runner
			.withBean("dataSource", HikariDataSource.class, () -> pool("orders"), (bean) -> bean.setPrimary(true))
			.withBean("reports", HikariDataSource.class, () -> pool("reports"))
			.run((context) -> {
				Awaitility.await().until(() -> this.log.messages().size() == 2);
				assertThat(this.log.messages()).filteredOn((block) -> block.startsWith("orders - "))
					.singleElement()
					.asString()
					.contains("\n\tSessions run in mode 'unit', because ");
				assertThat(this.log.messages()).filteredOn((block) -> block.startsWith("reports - "))
					.singleElement()
					.asString()
					.contains("\n\tSessions only end what is left open here, because "
							+ "connection-guard.session.data-sources does not name this data source");
			});
	}

	private HikariDataSource pool(String name) {
		HikariDataSource pool = new HikariDataSource();
		pool.setPoolName(name);
		pool.setJdbcUrl(this.server.jdbcUrl(""));
		pool.setUsername(this.server.username());
		pool.setPassword(this.server.password());
		pool.setMaximumPoolSize(1);
		return pool;
	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyUse {

		@Bean
		String usedEarly(JdbcTemplate jdbc) {
			return String.valueOf(jdbc.queryForObject("SELECT 1", Integer.class));
		}

	}

}
