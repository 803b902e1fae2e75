package io.github.connectionguard.hikari;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfinedProperties}.
 */
class ConfinedPropertiesTests {

	private static final String BOUNDARIES = "com.zaxxer.hikari.enableRequestBoundaries";

	private static final String BLIND_WINDOW = "com.zaxxer.hikari.aliveBypassWindowMs";

	private final ConfinedProperties properties = new ConfinedProperties();

	@AfterEach
	void clear() {
		System.clearProperty(BOUNDARIES);
		System.clearProperty(BLIND_WINDOW);
	}

	@Test
	void areThereUntilTheLastPoolHasStarted() {
		this.properties.set("one", true);
		this.properties.set("other", true);
		this.properties.clear("one");
		this.properties.clear("one that runs");
		assertThat(Boolean.getBoolean(BOUNDARIES)).isTrue();
		assertThat(Long.getLong(BLIND_WINDOW)).isEqualTo(-1);
		this.properties.clear("other");
		assertThat(System.getProperty(BOUNDARIES)).isNull();
		assertThat(System.getProperty(BLIND_WINDOW)).isNull();
	}

	@Test
	void areLeftAsTheUserHasSetThem() {
		System.setProperty(BLIND_WINDOW, "500");
		this.properties.set("one", true);
		assertThat(Long.getLong(BLIND_WINDOW)).isEqualTo(500);
		this.properties.clear("one");
		assertThat(Long.getLong(BLIND_WINDOW)).isEqualTo(500);
	}

}
