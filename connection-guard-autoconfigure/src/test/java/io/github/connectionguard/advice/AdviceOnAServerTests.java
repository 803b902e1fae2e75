package io.github.connectionguard.advice;

import java.sql.Connection;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.mysql.DriverUnderTest;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the advice that an application is given on a real server.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class AdviceOnAServerTests {

	private final TestServer server = TestServer.shared();

	@ParameterizedTest
	@EnumSource
	void applicationThatSetsNothingIsGivenNone(DriverUnderTest driver, CapturedOutput output) {
		String database = this.server.createDatabase();
		GuardedApplication.on(this.server, database)
			.withPropertyValues("spring.datasource.url=" + driver.url(this.server.host(), this.server.port(), database))
			.run((context) -> {
				GuardedApplication.openPool(context);
				assertThat(output).contains("wait_timeout").doesNotContain("Advice");
			});
	}

	@Test
	void eachAdviceIsToldOnceForAPoolWithItsName(CapturedOutput output) {
		GuardedApplication
			.on(this.server, this.server.createDatabase(), "connectTimeout=500", "cacheServerConfiguration=true")
			.withPropertyValues("spring.datasource.hikari.pool-name=orders",
					"spring.datasource.hikari.idle-timeout=300000", "spring.datasource.hikari.testOnBorrow=true",
					"spring.datasource.tomcat.validation-query=SELECT 4711")
			.run((context) -> {
				GuardedPool pool = GuardedApplication.openPool(context);
				Awaitility.await().until(() -> pool.ledger().connections().size() == 10);
				assertThat(output).containsOnlyOnce("orders - Advice (milliseconds): connectTimeout=500 ")
					.containsOnlyOnce("orders - Advice (idle-timeout-unused): ")
					.containsOnlyOnce("orders - Advice (cached-configuration): ")
					.containsOnlyOnce("orders - Advice (other-pools): ")
					.contains(": spring.datasource.hikari.testonborrow, spring.datasource.tomcat.*; ")
					.doesNotContain("4711");
			});
	}

	@Test
	void tenBadSettingsAreTenRemedies(CapturedOutput output) {
		Map<String, String> remedies = Map.of("auto-reconnect", "; remove it", "milliseconds",
				"; set connectTimeout=500000 if seconds are meant", "cached-configuration",
				" after SET GLOBAL; remove it", "connection-test-query", "; remove it", "keepalive-off",
				"; set keepalive-time=300000 or less", "leak-detection-off",
				"; set leak-detection-threshold between 2000 and 600000", "validation-timeout",
				"; set validation-timeout=4000 or less", "minimum-idle",
				"; set maximum-pool-size=30, or minimum-idle=4 or less", "idle-timeout-unused",
				"; set minimum-idle below 4, or remove idle-timeout", "other-pools", "; remove them, and set ");
		GuardedApplication
			.on(this.server, this.server.createDatabase(), "connectTimeout=500", "cacheServerConfiguration=true",
					"autoReconnect=true")
			.withPropertyValues("spring.datasource.hikari.connection-test-query=DO 1",
					"spring.datasource.hikari.max-lifetime=600000", "spring.datasource.hikari.keepalive-time=900000",
					"spring.datasource.hikari.leak-detection-threshold=1500",
					"spring.datasource.hikari.validation-timeout=5000",
					"spring.datasource.hikari.connection-timeout=4000", "spring.datasource.hikari.minimum-idle=30",
					"spring.datasource.hikari.maximum-pool-size=4", "spring.datasource.hikari.idle-timeout=300000",
					"spring.datasource.test-on-borrow=true")
			.run((context) -> {
				GuardedApplication.openPool(context);
				Awaitility.await()
					.untilAsserted(
							() -> assertThat(output.getOut().lines().filter((line) -> line.contains(" - Advice (")))
								.hasSize(10));
				remedies.forEach((key, remedy) -> assertThat(output.getOut().lines())
					.filteredOn((line) -> line.contains(" - Advice (" + key + "): "))
					.singleElement()
					.asString()
					.contains(remedy));
			});
	}

	@Test
	void poolWhoseStartFailsIsGivenItOnce(CapturedOutput output) {
		GuardedApplication.on(this.server, "")
			.withPropertyValues("connection-guard.eager=false",
					"spring.datasource.url=jdbc:mysql://127.0.0.1:1/none?socketTimeout=30")
			.run((context) -> {
				DataSource dataSource = context.getBean(DataSource.class);
				assertThatException().isThrownBy(dataSource::getConnection);
				assertThatException().isThrownBy(dataSource::getConnection);
				assertThat(output).containsOnlyOnce("Advice (milliseconds): socketTimeout=30 ");
			});
	}

	@Test
	void settingsOfSpringBootsDataSourceAreNoneOfAnotherPool(CapturedOutput output) {
		GuardedApplication.on(this.server, this.server.createDatabase())
			.withPropertyValues("spring.datasource.max-active=5")
			.withBean("reports", HikariDataSource.class, () -> {
				HikariDataSource pool = new HikariDataSource();
				pool.setPoolName("reports");
				pool.setJdbcUrl(this.server.jdbcUrl(""));
				pool.setUsername(this.server.username());
				pool.setPassword(this.server.password());
				return pool;
			})
			.run((context) -> {
				GuardedApplication.openPool(context);
				assertThat(output).contains("reports - ").doesNotContain("Advice");
			});
	}

	@Test
	void testQueryRunsNoMoreOftenThanWithoutTheGuard(CapturedOutput output) {
		GuardedApplication.on(this.server, this.server.createDatabase())
			.withPropertyValues("spring.datasource.hikari.connection-test-query=DO 1",
					"spring.datasource.hikari.maximum-pool-size=1")
			.run((context) -> {
				GuardedApplication.openPool(context);
				assertThat(output).containsOnlyOnce("Advice (connection-test-query): ");
				long before = this.server.status("Com_do");
				for (int i = 0; i < 20; i++) {
					try (Connection connection = context.getBean(DataSource.class).getConnection()) {
						assertThat(connection).isNotNull();
					}
				}
				assertThat(this.server.status("Com_do") - before).isLessThan(20);
			});
	}

}
