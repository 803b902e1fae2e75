package io.github.connectionguard.minimal;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application without actuator, servlets and metrics.
 */
@ExtendWith(OutputCaptureExtension.class)
class MinimalApplicationTests {

	private final TestServer server = TestServer.shared();

	@ParameterizedTest
	@ValueSource(strings = { "jakarta.servlet.Filter", "org.springframework.web.filter.OncePerRequestFilter",
			"org.springframework.boot.health.contributor.HealthContributor",
			"org.springframework.boot.actuate.endpoint.annotation.Endpoint",
			"io.micrometer.core.instrument.MeterRegistry", "org.mariadb.jdbc.Driver" })
	void optionalClassIsReallyAbsent(String name) {
		assertThat(ClassUtils.isPresent(name, getClass().getClassLoader())).isFalse();
	}

	@Test
	void guardWorksWithNothingButTheStarter(CapturedOutput output) {
		String url = this.server.jdbcUrl(this.server.createDatabase()) + "&sessionVariables=wait_timeout=60";
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class,
				"--spring.datasource.url=" + url, "--spring.datasource.username=" + this.server.username(),
				"--spring.datasource.password=" + this.server.password())) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			Awaitility.await().untilAsserted(() -> assertThat(pool.getMaxLifetime()).isEqualTo(54_000));
			assertThat(context.getBean(JdbcClient.class).sql("SELECT 1").query(Integer.class).single()).isOne();
			assertThat(output).contains("max-lifetime 1800 s -> 54 s").doesNotContain("WARN");
		}
	}

	@SpringBootApplication
	static class Application {

	}

}
