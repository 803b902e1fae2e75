package io.github.connectionguard.hikari;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariConfig;
import io.github.connectionguard.advice.ConfigurationAdvice;
import io.github.connectionguard.advice.PoolConfiguration;
import io.github.connectionguard.advice.PoolNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the advice on what HikariCP makes of a configuration.
 */
class HikariAdviceTests {

	@Test
	void defaultsNeedNone() {
		assertThat(advice((config) -> {
		})).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 10_000, 20_000, 29_999, 30_000, 60_000, 1_800_000 })
	void lifetimeThatTheGuardKeepsToNeedsNone(long lifetime) {
		assertThat(advice((config) -> config.setMaxLifetime(lifetime))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1000, 29_999, 30_000, 1_799_999 })
	void keepaliveThatTheGuardKeepsToNeedsNone(long keepalive) {
		assertThat(advice((config) -> config.setKeepaliveTime(keepalive))).isEmpty();
	}

	@Test
	void secondsForMillisecondsAreNoticed() {
		assertThat(advice((config) -> config.setMaxLifetime(1800))).containsExactly(
				"Advice (milliseconds): max-lifetime=1800 is in milliseconds; set max-lifetime=1800000 if seconds are meant");
		assertThat(advice((config) -> config.setKeepaliveTime(120))).singleElement()
			.asString()
			.contains("set keepalive-time=120000 ");
		assertThat(advice((config) -> config.setLeakDetectionThreshold(60))).singleElement()
			.asString()
			.contains("set leak-detection-threshold=60000 ");
		assertThat(advice((config) -> {
			config.setMinimumIdle(2);
			config.setIdleTimeout(600);
		})).singleElement().asString().contains("set idle-timeout=600000 ");
	}

	@Test
	void keepaliveThatNeverComesDueIsNoticed() {
		assertThat(advice((config) -> config.setKeepaliveTime(1_800_000)))
			.containsExactly("Advice (keepalive-off): HikariCP switches keepalive-time=1800000 off, as it is not "
					+ "below max-lifetime; set keepalive-time=900000 or less");
		assertThat(advice((config) -> {
			config.setKeepaliveTime(1_800_000);
			config.setMaxLifetime(0);
		})).isEmpty();
	}

	@Test
	void defaultKeepaliveBesideAShortLifetimeNeedsNone() {
		assertThat(advice((config) -> config.setMaxLifetime(60_000))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1999, true", "2000, false", "1800000, false", "1800001, true" })
	void detectionOfLeaksThatIsOffIsNoticed(long threshold, boolean noticed) {
		assertThat(advice((config) -> config.setLeakDetectionThreshold(threshold))).hasSize(noticed ? 1 : 0)
			.allSatisfy((line) -> assertThat(line)
				.startsWith("Advice (leak-detection-off): HikariCP switches leak-detection-threshold=" + threshold)
				.endsWith(" between 2000 and 1800000"));
	}

	@ParameterizedTest
	@CsvSource({ "4000, 4000, false", "4000, 3999, true" })
	void validationThatOutlastsABorrowIsNoticed(long validation, long connection, boolean noticed) {
		assertThat(advice((config) -> {
			config.setValidationTimeout(validation);
			config.setConnectionTimeout(connection);
		})).hasSize(noticed ? 1 : 0)
			.allSatisfy((line) -> assertThat(line).startsWith("Advice (validation-timeout): ")
				.endsWith("; set validation-timeout=3999 or less"));
	}

	@Test
	void moreIdleConnectionsThanThereMayBeAreNoticed() {
		assertThat(advice((config) -> config.setMinimumIdle(20))).containsExactly("Advice (minimum-idle): HikariCP "
				+ "takes minimum-idle=20 for 10, which is maximum-pool-size; set maximum-pool-size=20, or "
				+ "minimum-idle=10 or less");
		assertThat(advice((config) -> config.setMinimumIdle(10))).isEmpty();
	}

	@Test
	void idleTimeoutWithoutEffectIsNoticed() {
		assertThat(advice((config) -> config.setIdleTimeout(300_000)))
			.containsExactly("Advice (idle-timeout-unused): idle-timeout=300000 has no effect, as minimum-idle is "
					+ "maximum-pool-size; set minimum-idle below 10, or remove idle-timeout");
	}

	@ParameterizedTest
	@CsvSource({ "0, ''", "10000, ''", "600000, ''", "1799000, ''", "1799001, idle-timeout-off",
			"9999, idle-timeout-replaced" })
	void idleTimeoutThatIsNotTakenIsNoticed(long idle, String key) {
		assertThat(advice((config) -> {
			config.setMinimumIdle(2);
			config.setIdleTimeout(idle);
		})).hasSize(key.isEmpty() ? 0 : 1)
			.allSatisfy((line) -> assertThat(line).startsWith("Advice (" + key + "): HikariCP ")
				.contains("idle-timeout=" + idle + " "));
	}

	private static List<String> advice(Consumer<HikariConfig> user) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl("jdbc:mysql://localhost/test");
		user.accept(config);
		HikariTimers timers = new HikariTimers(config);
		PoolNumbers asked = HikariOwningPool.numbers(config);
		config.validate();
		timers.validated();
		return ConfigurationAdvice.on(new PoolConfiguration(config.getJdbcUrl(), Map.of(), null,
				asked.with(timers.requested()), HikariOwningPool.numbers(config), List.of()));
	}

}
