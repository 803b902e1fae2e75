package io.github.connectionguard.advice;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.lifetime.PoolTimers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfigurationAdvice}.
 */
class ConfigurationAdviceTests {

	private static final String SOUND = "jdbc:mysql://db/app?connectTimeout=5000&socketTimeout=60000";

	private static final PoolTimers DEFAULTS = new PoolTimers(Duration.ofMinutes(30), Duration.ofMinutes(2));

	@Test
	void soundConfigurationNeedsNone() {
		assertThat(advice(SOUND, 1000, DEFAULTS)).isEmpty();
	}

	@Test
	void autoReconnectIsToBeRemoved() {
		assertThat(advice(SOUND + "&autoReconnect=TRUE", 1000, DEFAULTS)).singleElement()
			.asString()
			.contains("autoReconnect");
	}

	@Test
	void missingTimeoutOfTheDriverIsNamed() {
		assertThat(advice("jdbc:mysql://db/app?connectTimeout=5000", 1000, DEFAULTS)).singleElement()
			.asString()
			.contains("socketTimeout");
	}

	@Test
	void driverPropertyCountsAsTheUrlDoes() {
		PoolConfiguration pool = pool("jdbc:mysql://db/app?connectTimeout=5000", 1000, DEFAULTS,
				Map.of("socketTimeout", 60000));
		assertThat(ConfigurationAdvice.on(pool)).isEmpty();
	}

	@Test
	void valuesHikariWouldReplaceAreNamed() {
		PoolTimers low = new PoolTimers(Duration.ofSeconds(20), Duration.ofSeconds(10));
		assertThat(advice(SOUND, 1000, low)).hasSize(2)
			.anySatisfy((text) -> assertThat(text).contains("max-lifetime 20 s"))
			.anySatisfy((text) -> assertThat(text).contains("keepalive-time 10 s"));
	}

	@Test
	void validationThatCanOutlastABorrowIsNamed() {
		assertThat(advice(SOUND, 5000, DEFAULTS)).singleElement().asString().contains("validation-timeout");
	}

	private static List<String> advice(String url, long validationTimeout, PoolTimers requested) {
		return ConfigurationAdvice.on(pool(url, validationTimeout, requested, Map.of()));
	}

	private static PoolConfiguration pool(String url, long validationTimeout, PoolTimers requested,
			Map<String, Object> driverProperties) {
		return new PoolConfiguration(url, driverProperties, requested, 10, Duration.ofMillis(validationTimeout),
				Duration.ofSeconds(30));
	}

}
