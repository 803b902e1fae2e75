package io.github.connectionguard.advice;

import java.sql.Connection;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.mysql.DriverUnderTest;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
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
