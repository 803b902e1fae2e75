package io.github.connectionguard.advice;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.mysql.ServerSessionFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that there is no {@link Advice} which nothing leads to, and none for a pool with
 * nothing but its defaults.
 */
class EachAdviceTests {

	private static final Pattern KEY = Pattern.compile("^Advice \\(([^)]+)\\): ");

	/**
	 * Given of more than a pool's configuration, and tested with that.
	 */
	private static final Set<Advice> OF_MORE = Set.of(Advice.CONNECTION_FETCH, Advice.OPEN_IN_VIEW,
			Advice.SLOW_IN_REQUEST, Advice.FLEET, Advice.PROXY);

	private static final PoolNumbers DEFAULTS = numbers(120, 600, 0, 10);

	@Test
	void eachIsGivenToSomePool() {
		List<String> given = Stream
			.of(advice("autoReconnect=true&socketTimeout=30&cacheServerConfiguration=true&sslMode=DISABLED", DEFAULTS,
					DEFAULTS, session("MySQL Connector/J", "9.7.0", "9.7.4", 10)),
					advice("", numbers(2400, 300, 7200, 30), numbers(0, 300, 0, 10),
							session("MariaDB Connector/J", "2.7.12", "26.7.0", 151)),
					advice("", numbers(120, 3000, 0, 2), numbers(120, 0, 0, 2),
							session("MariaDB Connector/J", "3.5.5", "11.4.5-MariaDB", 151)),
					advice("", numbers(120, 5, 0, 2), numbers(120, 600, 0, 2), session("Wrapper", "1", "9.7.4", 151)))
			.flatMap(List::stream)
			.distinct()
			.toList();
		assertThat(given).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(Advice.values()).filter((advice) -> !OF_MORE.contains(advice)).map(Advice::key).toList());
	}

	@ParameterizedTest
	@CsvSource({ "MySQL Connector/J, 9.7.0, 9.7.4", "MySQL Connector/J, 9.7.0, 11.4.5-MariaDB",
			"MariaDB Connector/J, 3.5.6, 9.7.4", "MariaDB Connector/J, 3.5.6, 11.4.5-MariaDB", "Wrapper, 1, 9.7.4" })
	void noneIsGivenToAPoolWithItsDefaults(String driver, String driverVersion, String server) {
		PoolConfiguration pool = new PoolConfiguration("jdbc:mysql://db/app", Map.of(), null, DEFAULTS, DEFAULTS,
				List.of("spring.datasource.url"));
		assertThat(ConfigurationAdvice.on(pool)).isEmpty();
		assertThat(ConfigurationAdvice.on(pool, session(driver, driverVersion, server, 151))).isEmpty();
	}

	/**
	 * Return what is advised on a pool that has a statement to validate by and a setting
	 * of another pool.
	 */
	private static List<String> advice(String parameters, PoolNumbers asked, PoolNumbers taken, FirstSession session) {
		PoolConfiguration pool = new PoolConfiguration("jdbc:mysql://db/app?" + parameters, Map.of(), "SELECT 1", asked,
				taken, List.of("spring.datasource.max-active"));
		return Stream.concat(ConfigurationAdvice.on(pool).stream(), ConfigurationAdvice.on(pool, session).stream())
			.map((line) -> KEY.matcher(line).results().map((key) -> key.group(1)).findFirst().orElse(line))
			.toList();
	}

	private static FirstSession session(String driver, String driverVersion, String server, long maxConnections) {
		return new FirstSession(driver, driverVersion,
				new ServerSessionFacts(new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL), 1, true, "MySQL",
						null, server, false, maxConnections, 0, null, null, Duration.ofHours(8), 0));
	}

	/**
	 * Return the numbers of a pool of ten, times in seconds, that validates for longer
	 * than it lends where its keepalive is off.
	 */
	private static PoolNumbers numbers(int keepalive, int idle, int leak, int minimumIdle) {
		return new PoolNumbers(new PoolTimers(Duration.ofMinutes(30), Duration.ofSeconds(keepalive)),
				Duration.ofSeconds(idle), Duration.ofSeconds(leak), Duration.ofSeconds(5),
				Duration.ofSeconds((keepalive > 0) ? 30 : 4), minimumIdle, 10);
	}

}
