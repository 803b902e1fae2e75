package io.github.connectionguard.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what editors are told of the properties.
 */
class ConfigurationMetadataTests {

	private final List<Map<String, Object>> properties = properties();

	@ParameterizedTest
	@CsvSource({ "connection-guard.enabled, true", "connection-guard.mode, guard", "connection-guard.eager, true",
			"connection-guard.validation.timeout, 1s", "connection-guard.validation.ping-after, 10s",
			"connection-guard.keepalive.enabled, true", "connection-guard.keepalive.max-hold, 30m",
			"connection-guard.session.mode, auto", "connection-guard.session.reclaim-leaks, true",
			"connection-guard.health.replace-db, true", "connection-guard.connection-attributes.enabled, false",
			"management.health.connection-guard.enabled, true", "management.endpoint.connectionguard.access, read_only",
			"management.endpoint.connectionguard.show-values, never" })
	void keyHasItsDefault(String name, String defaultValue) {
		assertThat(this.properties).filteredOn("name", name)
			.singleElement()
			.satisfies((property) -> assertThat(property.get("defaultValue")).hasToString(defaultValue));
	}

	@ParameterizedTest
	@ValueSource(strings = { "connection-guard.network-idle-timeout", "connection-guard.session.timeout",
			"connection-guard.session.data-sources", "connection-guard.session.exclude-paths",
			"connection-guard.connection-attributes.instance", "management.endpoint.connectionguard.roles" })
	void keyHasNoDefault(String name) {
		assertThat(this.properties).filteredOn("name", name)
			.singleElement()
			.satisfies((property) -> assertThat(property).doesNotContainKey("defaultValue"));
	}

	@Test
	void thereAreNoOtherKeys() {
		assertThat(this.properties).hasSize(22);
	}

	@Test
	void everyKeyIsDescribedInASentenceWithoutItsDefault() {
		assertThat(this.properties).allSatisfy((property) -> {
			assertThat(property.get("description")).asString()
				.matches("[A-Z].*\\.")
				.doesNotContainIgnoringCase("default");
			assertThat(property).containsKey("type");
		});
	}

	static List<Map<String, Object>> properties() {
		ClassLoader loader = ConnectionGuardProperties.class.getClassLoader();
		return loader.resources("META-INF/spring-configuration-metadata.json")
			.map(ConfigurationMetadataTests::properties)
			.filter((properties) -> properties.toString().contains("connection-guard.enabled"))
			.findFirst()
			.orElseThrow();
	}

	private static List<Map<String, Object>> properties(URL metadata) {
		try (InputStream json = metadata.openStream()) {
			return JsonPath.read(json, "$.properties");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
