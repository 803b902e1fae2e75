package io.github.connectionguard.fleet;

import java.io.IOException;

import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.mysql.DriverUnderTest;
import io.github.connectionguard.report.ServerReport;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the advice on a proxy that shows.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProxyAdviceTests {

	private static final String ADVICE = "Advice (proxy): ";

	private final TestServer server = TestServer.shared();

	@ParameterizedTest
	@CsvSource({ "CONNECTOR_J, '', a proxy", "MARIADB_CONNECTOR_J, '', a proxy", "CONNECTOR_J, -router, MySQL Router",
			"MARIADB_CONNECTOR_J, -router, MySQL Router", "CONNECTOR_J, ' 6.4.1-maxscale', MaxScale",
			"MARIADB_CONNECTOR_J, ' 6.4.1-maxscale', MaxScale" })
	void proxyThatShowsIsToldOnceWithTheProperty(DriverUnderTest driver, String suffix, String name,
			CapturedOutput output) throws IOException {
		try (GreetingProxy proxy = new GreetingProxy(this.server.port(), suffix)) {
			runner(driver, proxy.port()).run((context) -> {
				GuardedPool pool = GuardedApplication.openPool(context);
				Awaitility.await().until(() -> pool.snapshot().idle() == 2);
				assertThat(output).containsOnlyOnce(ADVICE + name + " stands between ")
					.contains("; set connection-guard.network-idle-timeout to it");
				assertThat(pool.server().report().session()).extracting(ServerReport.Session::proxy).isEqualTo(name);
			});
		}
	}

	@ParameterizedTest
	@EnumSource
	void proxyWhoseLimitIsKnownNeedsNoAdvice(DriverUnderTest driver, CapturedOutput output) throws IOException {
		try (GreetingProxy proxy = new GreetingProxy(this.server.port(), "")) {
			runner(driver, proxy.port()).withPropertyValues("connection-guard.network-idle-timeout=300")
				.run((context) -> {
					GuardedPool pool = GuardedApplication.openPool(context);
					assertThat(pool.server().report().session()).extracting(ServerReport.Session::proxy)
						.isEqualTo("a proxy");
					assertThat(output).doesNotContain(ADVICE);
				});
		}
	}

	@ParameterizedTest
	@EnumSource
	void serverItselfNeedsNoAdvice(DriverUnderTest driver, CapturedOutput output) {
		runner(driver, this.server.port()).run((context) -> {
			GuardedPool pool = GuardedApplication.openPool(context);
			assertThat(pool.server().report().session()).extracting(ServerReport.Session::proxy).isEqualTo("none seen");
			assertThat(output).doesNotContain(ADVICE);
		});
	}

	private ApplicationContextRunner runner(DriverUnderTest driver, int port) {
		return GuardedApplication.on(this.server, "")
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=2",
					"spring.datasource.url=" + driver.url(this.server.host(), port, ""));
	}

}
