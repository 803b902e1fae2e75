package io.github.connectionguard.driver;

import java.util.Properties;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DriverSockets}.
 */
class DriverSocketsTests {

	private final Properties properties = new Properties();

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db/shop", "jdbc:mariadb://db/shop", "jdbc:p6spy:mysql://db/shop",
			"jdbc:otel:mariadb://db/shop", "jdbc:otel:p6spy:mysql://db/shop", "jdbc:aws-wrapper:mysql://db/shop" })
	void socketsAreMadeByTheDriverItselfOrBehindAWrapper(String url) {
		assertThat(DriverSockets.use(url, this.properties)).isNull();
		assertThat(this.properties.getProperty("socketFactory")).startsWith(DriverSockets.class.getPackageName());
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:tc:mysql:8:///shop, not plainly one of",
			"jdbc:p6spy:mysql:loadbalance://a/shop, not plainly one of", "jdbc:h2:mem:x, not plainly one of",
			"'jdbc:p6spy:mysql://a,b/shop', several hosts", "jdbc:mysql://db/shop?socketFactory=a.B, socketFactory",
			"jdbc:aws-wrapper:mysql://db/shop?wrapperPlugins=readWriteSplitting, wrapperPlugins" })
	void driversOwnWaysAreLeftAlone(String url, String reason) {
		assertThat(DriverSockets.use(url, this.properties)).contains(reason);
		assertThat(this.properties).isEmpty();
	}

}
