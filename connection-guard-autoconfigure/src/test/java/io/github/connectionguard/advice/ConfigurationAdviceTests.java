package io.github.connectionguard.advice;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.mysql.ServerSessionFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfigurationAdvice} on what is not HikariCP's.
 */
class ConfigurationAdviceTests {

	private static final String URL = "jdbc:mysql://db/app?";

	private static final PoolNumbers DEFAULTS = new PoolNumbers(
			new PoolTimers(Duration.ofMinutes(30), Duration.ofMinutes(2)), Duration.ofMinutes(10), Duration.ZERO,
			Duration.ofSeconds(5), Duration.ofSeconds(30), 10, 10);

	// At the start

	@ParameterizedTest
	@ValueSource(strings = { "", "connectTimeout=5000&socketTimeout=60000", "autoReconnect=false",
			"connectTimeout=0&socketTimeout=0", "socketTimeout=1000", "socketTimeout=", "socketTimeout=never" })
	void nothingIsAdvisedOnWhatIsSound(String parameters) {
		assertThat(ConfigurationAdvice.on(pool(parameters))).isEmpty();
	}

	@Test
	void poolWithoutAUrlIsSound() {
		assertThat(ConfigurationAdvice.on(new PoolConfiguration(null, Map.of(), null, DEFAULTS, DEFAULTS, List.of())))
			.isEmpty();
	}

	@Test
	void autoReconnectIsToBeRemoved() {
		assertThat(ConfigurationAdvice.on(pool("autoReconnect=TRUE"))).singleElement()
			.asString()
			.startsWith("Advice (auto-reconnect): autoReconnect=true ")
			.endsWith("; remove it");
	}

	@ParameterizedTest
	@CsvSource({ "socketTimeout, 30, 30000", "connectTimeout, 10, 10000" })
	void secondsForMillisecondsAreNoticedInTheUrl(String name, String given, String meant) {
		assertThat(ConfigurationAdvice.on(pool(name + "=" + given))).containsExactly("Advice (milliseconds): " + name
				+ "=" + given + " is in milliseconds; set " + name + "=" + meant + " if seconds are meant");
	}

	@Test
	void driverPropertyCountsAsTheUrlDoes() {
		PoolConfiguration pool = new PoolConfiguration(URL, Map.of("socketTimeout", 60), null, DEFAULTS, DEFAULTS,
				List.of());
		assertThat(ConfigurationAdvice.on(pool)).singleElement().asString().contains("set socketTimeout=60000 ");
	}

	@Test
	void testQueryIsToBeRemoved() {
		PoolConfiguration pool = new PoolConfiguration(URL, Map.of(), "SELECT 1", DEFAULTS, DEFAULTS, List.of());
		assertThat(ConfigurationAdvice.on(pool)).singleElement()
			.asString()
			.startsWith("Advice (connection-test-query): ");
	}

	@Test
	void settingsOfOtherPoolsAreNamedInOneLine() {
		PoolConfiguration pool = new PoolConfiguration(URL, Map.of("testOnBorrow", "true"), null, DEFAULTS, DEFAULTS,
				List.of("spring.datasource.tomcat.max-active", "spring.datasource.tomcat.max-wait",
						"spring.datasource.test-while-idle", "spring.datasource.hikari.validationquery"));
		assertThat(ConfigurationAdvice.on(pool)).singleElement()
			.asString()
			.startsWith("Advice (other-pools): ")
			.contains(": data-source-properties.testOnBorrow, spring.datasource.hikari.validationquery, "
					+ "spring.datasource.test-while-idle, spring.datasource.tomcat.*; remove them");
	}

	@Test
	void settingsOfHikariAndOfSpringBootAreSound() {
		PoolConfiguration pool = new PoolConfiguration(URL, Map.of("cachePrepStmts", "true"), null, DEFAULTS, DEFAULTS,
				List.of("spring.datasource.url", "spring.datasource.type", "spring.datasource.hikari.maximum-pool-size",
						"spring.datasource.hikari.data-source-properties.cachePrepStmts",
						"spring.datasource.hikari.pool-name", "my.tomcat.max-active"));
		assertThat(ConfigurationAdvice.on(pool)).isEmpty();
	}

	// What the first session shows

	@ParameterizedTest
	@ValueSource(strings = { "", "sslMode=DISABLED&allowPublicKeyRetrieval=true", "useSSL=true",
			"sslMode=REQUIRED&useSSL=false", "sslMode=disabled&serverRSAPublicKeyFile=/key.pem",
			"cacheServerConfiguration=false" })
	void nothingIsAdvisedOnASoundSession(String parameters) {
		assertThat(ConfigurationAdvice.on(pool(parameters), connectorJ("9.7.4", 151))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sslMode=disabled", "useSSL=false", "useSSL=false&allowPublicKeyRetrieval=false" })
	void loginThatNeedsTheServersKeyIsNoticedWhereTheServerIsMySql(String parameters) {
		assertThat(ConfigurationAdvice.on(pool(parameters), connectorJ("9.7.4", 151))).singleElement()
			.asString()
			.startsWith("Advice (public-key): ");
		assertThat(ConfigurationAdvice.on(pool(parameters), connectorJ("11.4.5-MariaDB", 151))).isEmpty();
		assertThat(ConfigurationAdvice.on(pool(parameters), connectorJ(null, 0))).isEmpty();
		assertThat(ConfigurationAdvice.on(pool(parameters), mariaDb("3.5.10", "9.7.4"))).isEmpty();
	}

	@Test
	void rememberedServerConfigurationIsNoticedWithTheDriverThatKnowsIt() {
		PoolConfiguration pool = pool("cacheServerConfiguration=true");
		assertThat(ConfigurationAdvice.on(pool, connectorJ("9.7.4", 151))).singleElement()
			.asString()
			.startsWith("Advice (cached-configuration): ");
		assertThat(ConfigurationAdvice.on(pool, mariaDb("3.5.10", "9.7.4"))).isEmpty();
	}

	@Test
	void poolThatMayTakeAllConnectionsOfItsServerIsNoticed() {
		assertThat(ConfigurationAdvice.on(pool(""), connectorJ("9.7.4", 11))).isEmpty();
		assertThat(ConfigurationAdvice.on(pool(""), connectorJ("9.7.4", 10)))
			.containsExactly("Advice (max-connections): maximum-pool-size=10 takes all of the server's "
					+ "max_connections, 10; set maximum-pool-size lower");
		assertThat(ConfigurationAdvice.on(pool(""), connectorJ(null, 0))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "9, true", "10, true", "11, false" })
	void poolThatMayTakeAllConnectionsOfItsAccountIsNoticed(long most, boolean noticed) {
		ServerSessionFacts facts = new ServerSessionFacts(new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL), 1,
				true, "MySQL", null, "9.7.4", false, 151, 0, null, null, Duration.ofHours(8), most);
		assertThat(ConfigurationAdvice.on(pool(""), new FirstSession("MySQL Connector/J", "9.7.0", facts)))
			.hasSize(noticed ? 1 : 0)
			.allSatisfy((line) -> assertThat(line).isEqualTo("Advice (max-connections): maximum-pool-size=10 takes all "
					+ "of the account's max_user_connections, " + most + "; set maximum-pool-size lower"));
	}

	@ParameterizedTest
	@CsvSource({ "3.5.5, true", "3.4.0, true", "2.7.12, true", "3.5.6, false", "3.5.10, false", "4.0.0, false",
			"unknown, false" })
	void mariaDbsDriverThatDoesNotLimitIsValidIsNoticed(String version, boolean noticed) {
		assertThat(ConfigurationAdvice.on(pool(""), mariaDb(version, "11.4.5-MariaDB"))).hasSize(noticed ? 1 : 0)
			.allSatisfy((line) -> assertThat(line)
				.startsWith("Advice (mariadb-is-valid): MariaDB Connector/J " + version + " "));
	}

	@ParameterizedTest
	@CsvSource({ "2.7.12, 26.7.0, mariadb-driver-on-mysql", "2.7.12, 9.7.4, mariadb-is-valid",
			"3.1.0, 26.7.0, mariadb-is-valid", "2.7.12, 11.4.5-MariaDB, mariadb-is-valid" })
	void mariaDbsDriverThatTakesMySqlForMariaDbIsNoticed(String driver, String server, String key) {
		assertThat(ConfigurationAdvice.on(pool(""), mariaDb(driver, server))).singleElement()
			.asString()
			.startsWith("Advice (" + key + "): ");
	}

	@Test
	void nothingIsSaidOfAnotherDriver() {
		assertThat(ConfigurationAdvice.on(pool("cacheServerConfiguration=true&sslMode=DISABLED"),
				new FirstSession("Wrapper", "1.0", facts("9.7.4", 151))))
			.isEmpty();
	}

	private static PoolConfiguration pool(String parameters) {
		return new PoolConfiguration(URL + parameters, Map.of(), null, DEFAULTS, DEFAULTS, List.of());
	}

	private static FirstSession connectorJ(@Nullable String server, long maxConnections) {
		return new FirstSession("MySQL Connector/J", "mysql-connector-j-9.7.0 (Revision: 0)",
				facts(server, maxConnections));
	}

	private static FirstSession mariaDb(String version, String server) {
		return new FirstSession("MariaDB Connector/J", version, facts(server, 151));
	}

	private static ServerSessionFacts facts(@Nullable String server, long maxConnections) {
		return new ServerSessionFacts(new ServerLimits(Duration.ofHours(8), LimitSource.GLOBAL), 1, true, "MySQL", null,
				server, false, maxConnections, 0, null, null, Duration.ofHours(8), 0);
	}

}
