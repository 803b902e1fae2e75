package io.github.connectionguard.requests;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests to an application whose guard only reports.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReportOnlyTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@ParameterizedTest
	@ValueSource(strings = { "connection-guard.enabled=false", "connection-guard.mode=report-only" })
	void writeBeforeAFailureStays(String mode) throws Exception {
		try (RequestsApp app = start(mode)) {
			assertThat(app.get("/rows/unchecked").statusCode()).isEqualTo(500);
			assertThat(rows(app)).isPositive();
		}
	}

	@Test
	void leakIsToldAndLeft(CapturedOutput output) throws Exception {
		try (RequestsApp app = start("connection-guard.mode=report-only")) {
			assertThat(app.get("/rows/raw-open").statusCode()).isEqualTo(200);
			GuardedPool pool = app.bean(GuardedPools.class).pools().iterator().next();
			Awaitility.await().until(() -> pool.leases().leaks() == 1);
			assertThat(app.bean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections()).isOne();
			assertThat(rows(app)).isZero();
			Awaitility.await()
				.untilAsserted(() -> assertThat(output)
					.containsOnlyOnce("without giving back a connection it had borrowed; it stays in use."));
			assertThat(app.get("/rows/ok").statusCode()).isEqualTo(200);
			assertThat(pool.leases().leaks()).isOne();
		}
	}

	private RequestsApp start(String mode) {
		return RequestsApp.start(this.server, this.database, mode);
	}

	private static int rows(RequestsApp app) {
		Integer rows = app.bean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM line", Integer.class);
		return (rows != null) ? rows : 0;
	}

}
