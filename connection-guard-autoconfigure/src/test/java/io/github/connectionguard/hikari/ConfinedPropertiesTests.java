package io.github.connectionguard.hikari;

import io.github.connectionguard.hikari.ConfinedProperties.Asking;
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
		this.properties.set("one", Asking.ALWAYS);
		this.properties.set("other", Asking.ALWAYS);
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
		this.properties.set("one", Asking.ALWAYS);
		assertThat(Long.getLong(BLIND_WINDOW)).isEqualTo(500);
		this.properties.clear("one");
		assertThat(Long.getLong(BLIND_WINDOW)).isEqualTo(500);
	}

	@Test
	void poolThatWantsToBeAskedAboutMostCounts() {
		this.properties.set("one", Asking.UNLESS_HANDED_ON);
		assertThat(Long.getLong(BLIND_WINDOW)).isZero();
		this.properties.set("other", Asking.ALWAYS);
		assertThat(Long.getLong(BLIND_WINDOW)).isEqualTo(-1);
		this.properties.set("another", Asking.UNLESS_HANDED_ON);
		this.properties.set("as it comes", Asking.AS_IT_COMES);
		assertThat(Long.getLong(BLIND_WINDOW)).isEqualTo(-1);
		this.properties.clear("one");
		this.properties.clear("other");
		this.properties.clear("another");
		assertThat(Long.getLong(BLIND_WINDOW)).isEqualTo(-1);
		this.properties.clear("as it comes");
		assertThat(System.getProperty(BLIND_WINDOW)).isNull();
	}

	@Test
	void poolOfWhichNothingIsAskedSetsNoWindow() {
		this.properties.set("one", Asking.AS_IT_COMES);
		assertThat(Boolean.getBoolean(BOUNDARIES)).isTrue();
		assertThat(System.getProperty(BLIND_WINDOW)).isNull();
	}

}
