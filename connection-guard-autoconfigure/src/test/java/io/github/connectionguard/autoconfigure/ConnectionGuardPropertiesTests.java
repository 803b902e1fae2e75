package io.github.connectionguard.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.connectionguard.autoconfigure.ConnectionGuardProperties.Mode;
import io.github.connectionguard.session.SessionMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link ConnectionGuardProperties}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionGuardPropertiesTests {

	@Test
	void defaults() {
		assertThat(values(start()))
			.isEqualTo(values(true, Mode.GUARD, true, true, null, Duration.ofSeconds(1), Duration.ofSeconds(10), true,
					Duration.ofMinutes(30), SessionMode.AUTO, true, null, List.of(), List.of(), true, false, null));
	}

	@Test
	void everyKeyBinds() throws IOException {
		assertThat(values(yaml("""
				connection-guard:
				  enabled: false
				  mode: report-only
				  eager: false
				  network-idle-timeout: 350
				  validation:
				    timeout: 250ms
				    ping-after: 5
				  keepalive:
				    enabled: false
				    max-hold: 2h
				  session:
				    mode: transaction
				    reclaim-leaks: false
				    timeout: 20
				    data-sources: reports, archive
				    exclude-paths: [ "/static/**", /health ]
				  health:
				    replace-db: false
				  connection-attributes:
				    enabled: true
				    instance: blue-1
				"""))).isEqualTo(values(false, Mode.REPORT_ONLY, false, true, Duration.ofSeconds(350),
				Duration.ofMillis(250), Duration.ofSeconds(5), false, Duration.ofHours(2), SessionMode.TRANSACTION,
				false, Duration.ofSeconds(20), List.of("reports", "archive"), List.of("/static/**", "/health"), false,
				true, "blue-1"));
	}

	@Test
	void oneKeyLeavesTheDefaultsOfItsNeighbours() {
		ConnectionGuardProperties.Keepalive keepalive = start("connection-guard.keepalive.enabled=false")
			.getKeepalive();
		assertThat(keepalive.isEnabled()).isFalse();
		assertThat(keepalive.getMaxHold()).isEqualTo(Duration.ofMinutes(30));
	}

	@ParameterizedTest
	@ValueSource(strings = { "off", "false", "OFF", "\"off\"" })
	void sessionsCanBeSwitchedOffInYaml(String off) throws IOException {
		assertThat(yaml("connection-guard.session.mode: " + off).getSession().getMode()).isEqualTo(SessionMode.OFF);
	}

	@ParameterizedTest
	@EnumSource(SessionMode.class)
	void everyModeBinds(SessionMode mode) {
		assertThat(start("connection-guard.session.mode=" + mode.name().toLowerCase()).getSession().getMode())
			.isEqualTo(mode);
	}

	@ParameterizedTest
	@CsvSource({ "connection-guard.network-idle-timeout, 999ms, 1s, 31536000s",
			"connection-guard.network-idle-timeout, 0s, 1s, 31536000s",
			"connection-guard.network-idle-timeout, 400d, 1s, 31536000s",
			"connection-guard.network-idle-timeout, -5s, 1s, 31536000s",
			"connection-guard.validation.timeout, 99ms, 100ms, 60s",
			"connection-guard.validation.timeout, 61s, 100ms, 60s",
			"connection-guard.keepalive.max-hold, 0s, 1s, 31536000s",
			"connection-guard.keepalive.max-hold, 400d, 1s, 31536000s",
			"connection-guard.session.timeout, 999ms, 1s, 31536000s",
			"connection-guard.session.timeout, 400d, 1s, 31536000s" })
	void valueOutOfBoundsStopsTheStartAndIsTold(String key, String value, String least, String most,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(key + "=" + value));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsPattern("'%s' must be between %s and %s, but is -?\\d+m?s".formatted(key, least, most));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1s", "365d" })
	void boundsAreAllowed(String value) {
		assertThat(start("connection-guard.network-idle-timeout=" + value).getNetworkIdleTimeout()).isNotNull();
		assertThat(start("connection-guard.keepalive.max-hold=" + value)).isNotNull();
		assertThat(start("connection-guard.session.timeout=" + value).getSession().getTimeout()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "100ms", "1m" })
	void boundsOfTheValidationTimeoutAreAllowed(String value) {
		assertThat(start("connection-guard.validation.timeout=" + value)).isNotNull();
	}

	@Test
	void valueIsToldAsItIs(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("connection-guard.validation.timeout=61500ms"));
		assertThat(output)
			.contains("'connection-guard.validation.timeout' must be between 100ms and 60s, but is 61500ms");
	}

	@Test
	void unknownModeStopsTheStartAndTheKnownOnesAreTold(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("connection-guard.session.mode=always"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: connection-guard.session.mode", "Value: \"always\"")
			.contains("AUTO", "UNIT", "TRANSACTION", "BACKSTOP", "OFF");
	}

	@ParameterizedTest
	@CsvSource({ "connection-guard.enabled, perhaps", "connection-guard.eager, perhaps",
			"connection-guard.network-idle-timeout, long", "connection-guard.validation.timeout, short",
			"connection-guard.keepalive.enabled, perhaps", "connection-guard.keepalive.max-hold, long",
			"connection-guard.session.reclaim-leaks, perhaps", "connection-guard.session.timeout, long",
			"connection-guard.health.replace-db, perhaps" })
	void valueOfTheWrongTypeDoesNotBind(String key, String value) {
		assertThatException().isThrownBy(() -> yaml(key + ": " + value))
			.withStackTraceContaining(key)
			.withStackTraceContaining(value);
	}

	private static List<@Nullable Object> values(ConnectionGuardProperties properties) {
		return values(properties.isEnabled(), properties.getMode(), properties.isEager(),
				properties.isDeferSessionState(), properties.getNetworkIdleTimeout(),
				properties.getValidation().getTimeout(), properties.getValidation().getPingAfter(),
				properties.getKeepalive().isEnabled(), properties.getKeepalive().getMaxHold(),
				properties.getSession().getMode(), properties.getSession().isReclaimLeaks(),
				properties.getSession().getTimeout(), properties.getSession().getDataSources(),
				properties.getSession().getExcludePaths(), properties.getHealth().isReplaceDb(),
				properties.getConnectionAttributes().isEnabled(), properties.getConnectionAttributes().getInstance());
	}

	private static List<@Nullable Object> values(@Nullable Object... values) {
		return Arrays.asList(values);
	}

	private static ConnectionGuardProperties start(String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(properties)
			.run()) {
			return context.getBean(ConnectionGuardProperties.class);
		}
	}

	private static ConnectionGuardProperties yaml(String yaml) throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		new YamlPropertySourceLoader().load("test", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.forEach(sources::addLast);
		return new Binder(ConfigurationPropertySources.from(sources))
			.bind("connection-guard", ConnectionGuardProperties.class)
			.get();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ConnectionGuardAutoConfiguration.class)
	static class Application {

	}

}
