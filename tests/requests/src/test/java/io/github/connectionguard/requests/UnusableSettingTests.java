package io.github.connectionguard.requests;

import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for settings that stop the start of a whole application, and what it tells of
 * them.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusableSettingTests {

	private static final String TIME = "a time such as 500ms, 30s, 5m or 2h; a number alone is in seconds";

	private final TestServer server = TestServer.shared();

	@ParameterizedTest
	@CsvSource({ "connection-guard.enabled, perhaps", "connection-guard.eager, perhaps",
			"connection-guard.defer-session-state, 2", "connection-guard.keepalive.enabled, often",
			"connection-guard.session.reclaim-leaks, some", "connection-guard.health.replace-db, never" })
	void switchThatIsNeitherOnNorOff(String key, String value, CapturedOutput output) {
		start(key + "=" + value);
		assertTold(output, "'%s' must be true or false, but is '%s'.".formatted(key, value));
		assertThat(output).contains("Set it to true or false, or leave it out for its default.");
	}

	@ParameterizedTest
	@CsvSource({ "connection-guard.network-idle-timeout, long", "connection-guard.validation.timeout, 5 parsecs",
			"connection-guard.validation.ping-after, soon", "connection-guard.keepalive.max-hold, 1y",
			"connection-guard.session.timeout, never" })
	void timeThatIsNone(String key, String value, CapturedOutput output) {
		start(key + "=" + value);
		assertTold(output, "'%s' must be %s, but is '%s'.".formatted(key, TIME, value));
		assertThat(output).contains("Set it to " + TIME + ", or leave it out for its default.");
	}

	@ParameterizedTest
	@CsvSource({ "connection-guard.network-idle-timeout, 0s, 1s, 31536000s, 0ms",
			"connection-guard.validation.timeout, 61s, 100ms, 60s, 61s",
			"connection-guard.validation.ping-after, -1s, 0ms, 31536000s, -1000ms",
			"connection-guard.keepalive.max-hold, 0, 1s, 31536000s, 0ms",
			"connection-guard.session.timeout, 10ms, 1s, 31536000s, 10ms" })
	void timeOutOfBounds(String key, String value, String least, String most, String told, CapturedOutput output) {
		start(key + "=" + value);
		assertTold(output, "'%s' must be between %s and %s, but is %s.".formatted(key, least, most, told));
		assertThat(output).contains("Set it to what is allowed, or leave it out for its default.");
	}

	@ParameterizedTest
	@CsvSource({ "connection-guard.mode, watch, REPORT_ONLY", "connection-guard.session.mode, always, BACKSTOP",
			"management.endpoint.connectionguard.show-values, sometimes, WHEN_AUTHORIZED" })
	void choiceThatThereIsNot(String key, String value, String allowed, CapturedOutput output) {
		start(key + "=" + value);
		assertTold(output, "Property: " + key);
		assertThat(output).contains("Value: \"" + value + "\"").contains(allowed);
	}

	@Test
	void patternThatIsNone(CapturedOutput output) {
		start("connection-guard.session.exclude-paths=/fine,static/**");
		assertTold(output, "In 'connection-guard.session.exclude-paths', 'static/**' does not begin with a '/'.");
		assertThat(output).contains("Give path patterns within the application, such as '/static/**'.");
	}

	@Test
	void dataSourceThatThereIsNot(CapturedOutput output) {
		start("connection-guard.session.data-sources=reports");
		assertTold(output, "In 'connection-guard.session.data-sources', 'reports' is no data source.");
		assertThat(output).contains("Give names of data source beans: dataSource.");
	}

	private void start(String setting) {
		assertThatException().isThrownBy(() -> {
			RequestsApp app = RequestsApp.start(this.server, "", "spring.sql.init.mode=never",
					"management.endpoints.web.exposure.include=connectionguard", setting);
			app.close();
		});
	}

	private static void assertTold(CapturedOutput output, String description) {
		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START").contains(description);
	}

}
