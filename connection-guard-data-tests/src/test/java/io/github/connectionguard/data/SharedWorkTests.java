package io.github.connectionguard.data;

import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that jOOQ, MyBatis, Spring Data JDBC and Spring's templates share the work of a
 * session.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class SharedWorkTests {

	@ParameterizedTest
	@ValueSource(strings = { "unit", "transaction" })
	void allShareOneConnectionAndOneEnd(String mode, CapturedOutput output) throws Exception {
		try (RunningApplication application = RunningApplication.start(SharedWorkApplication.class,
				List.of("CREATE TABLE line (id BIGINT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20))"),
				"connection-guard.session.mode=" + mode)) {
			Awaitility.await().untilAsserted(() -> assertThat(output).contains("Sessions run in mode '" + mode + "'"));
			assertThat(application.get("/lines/throws").statusCode()).isEqualTo(500);
			assertThat(application.query("SELECT name FROM line")).isEmpty();
			assertThat(application.get("/lines/ok").body()).isEqualTo("1 connection");
			assertThat(application.query("SELECT name FROM line ORDER BY id")).containsExactly("jOOQ", "MyBatis",
					"Spring Data", "template", "client");
			assertThat(application.activeConnections()).isZero();
		}
	}

}
