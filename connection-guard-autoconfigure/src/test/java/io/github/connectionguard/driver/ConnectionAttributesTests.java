package io.github.connectionguard.driver;

import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionAttributes}.
 */
class ConnectionAttributesTests {

	private static final String PROPERTY = "connectionAttributes";

	private static final String URL = "jdbc:mysql://db/shop?sslMode=DISABLED";

	private static final String OWN = "program_name:shop,instance:blue-1,pool:orders";

	private final ConnectionAttributes attributes = new ConnectionAttributes("shop", "blue-1");

	private final Properties properties = new Properties();

	@Test
	void propertyIsAddedWhereThereIsNone() {
		assertThat(this.attributes.addTo(URL, this.properties, "orders")).isEqualTo(URL);
		assertThat(this.properties).containsOnlyKeys(PROPERTY).containsValue(OWN);
	}

	@Test
	void propertyKeepsWhatTheUserHasSet() {
		this.properties.setProperty(PROPERTY, "team:checkout,instance:mine");
		assertThat(this.attributes.addTo(URL, this.properties, "orders")).isEqualTo(URL);
		assertThat(this.properties.getProperty(PROPERTY))
			.isEqualTo("team:checkout,instance:mine,program_name:shop,pool:orders");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "connectionAttributes=team:a|connectionAttributes=team:a," + OWN,
			"CONNECTIONATTRIBUTES=team:$1&x=1|CONNECTIONATTRIBUTES=team:$1," + OWN + "&x=1",
			"connectionAttributes=team%3Aa%2Cpool%3Ab&x=1|"
					+ "connectionAttributes=team%3Aa%2Cpool%3Ab,program_name:shop,instance:blue-1&x=1",
			"connectionAttributes=|connectionAttributes=" + OWN, "connectionAttributes=none|connectionAttributes=none",
			"connectionAttributes=%zz|connectionAttributes=%zz," + OWN })
	void urlKeepsWhatTheUserHasSet(String parameters, String expected) {
		String url = "jdbc:mariadb://db/shop?user=a&";
		assertThat(this.attributes.addTo(url + parameters, this.properties, "orders")).isEqualTo(url + expected);
		assertThat(this.properties).isEmpty();
	}

	@Test
	void bothAreAddedToWhereBothAreSet() {
		this.properties.setProperty(PROPERTY, "a:b");
		assertThat(this.attributes.addTo(URL + "&connectionAttributes=c:d", this.properties, "orders"))
			.isEqualTo(URL + "&connectionAttributes=c:d," + OWN);
		assertThat(this.properties.getProperty(PROPERTY)).isEqualTo("a:b," + OWN);
	}

	@Test
	void valuesAreShortAndHaveNothingThatEndsThem() {
		new ConnectionAttributes(null, "a,b:c&d=e f%" + "x".repeat(100)).addTo(URL, this.properties, "Hikari Pool");
		assertThat(this.properties.getProperty(PROPERTY))
			.isEqualTo("instance:a_b_c_d_e_f_" + "x".repeat(52) + ",pool:Hikari_Pool");
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:mysql://db/shop, true", "jdbc:mariadb:sequential://a/shop, true", "jdbc:h2:mem:a, false",
			"jdbc:p6spy:mysql://db/shop, false" })
	void driversThatKnowThemAreKnownByTheUrl(String url, boolean known) {
		assertThat(ConnectionAttributes.isKnownTo(url)).isEqualTo(known);
	}

}
