package io.github.connectionguard.mysql;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MySqlUrl}.
 */
class MySqlUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db/shop", "jdbc:mariadb://db/shop", "jdbc:mysql:loadbalance://a,b/shop",
			"jdbc:mysql:replication://a,b/shop", "jdbc:mariadb:sequential://a,b/shop", "jdbc:mysql+srv://db/shop",
			"jdbc:mysql+srv:loadbalance://db/shop", "jdbc:mysql:///shop", "jdbc:mysql:aws://db/shop",
			"jdbc:mysql://address=(host=db)(port=3307)/shop", "jdbc:mysql://(host=db,port=3307)/shop",
			"jdbc:mysql://db/shop?\nsslMode=DISABLED" })
	void driversOwnFormsMatch(String url) {
		assertThat(MySqlUrl.matches(url)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:tc:mysql:8:///db", "jdbc:tc:mysql:///db", "jdbc:tc:mariadb:11.4:///db",
			"jdbc:p6spy:mysql://db/shop", "jdbc:otel:mysql://db/shop", "jdbc:aws-wrapper:mysql://db/shop",
			"jdbc:p6spy:mariadb://db/shop", "jdbc:otel:p6spy:mysql://db/shop" })
	void formsOfWrappingDriversMatch(String url) {
		assertThat(MySqlUrl.matches(url)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "jdbc:", "mysql://db/shop", "jdbc:postgresql://db/mysql", "jdbc:tc:postgresql:16:///db",
					"jdbc:p6spy:h2:mem:test", "jdbc:h2:mem:test;MODE=MySQL", "jdbc:h2:mem:jdbc:mysql:",
					"jdbc:mysqlx://db/shop", "jdbc:sqlserver://db;databaseName=mysql", "r2dbc:mysql://db/shop" })
	void otherUrlsDoNotMatch(String url) {
		assertThat(MySqlUrl.matches(url)).isFalse();
	}

	@Test
	void hostsAreNotWhereOtherParametersLeadTo() {
		assertThat(MySqlUrl.isLedByHosts("jdbc:mysql://db/shop?sslMode=DISABLED")).isTrue();
		assertThat(List.of("jdbc:mysql:///shop", "jdbc:mysql://db/shop?socketFactory=com.google.SocketFactory",
				"jdbc:mariadb://db/shop?localSocket=/run/mysqld"))
			.noneMatch(MySqlUrl::isLedByHosts);
		assertThat(MySqlUrl.isLedByHosts(null)).isFalse();
	}

	@Test
	void noUrlDoesNotMatch() {
		assertThat(MySqlUrl.matches(null)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jdbc:mysql://db/shop                                     | db
			jdbc:mysql://db:3307/shop?user=me&password=secret        | db:3307
			jdbc:mysql://db                                          | db
			jdbc:mysql://db?password=secret                          | db
			jdbc:mysql://[::1]:3307/shop                             | [::1]:3307
			jdbc:mysql:replication://a:1,b:2/shop                    | a:1,b:2
			jdbc:p6spy:mysql://db/shop                               | db
			jdbc:mysql+srv://_mysql._tcp.example.com/shop            | _mysql._tcp.example.com
			jdbc:mysql://address=(host=a)(port=1),address=(host=b)/s | a:1,b
			jdbc:mysql://(host=a,port=1),(host=b,port=2)/shop        | a:1,b:2
			""")
	void hostsAreNamedWithTheirPorts(String url, String hosts) {
		assertThat(MySqlUrl.hosts(url)).isEqualTo(hosts);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "jdbc:mysql:///shop", "jdbc:tc:mysql:8:///shop", "jdbc:h2:mem:test" })
	void serverWithoutANameIsTheServer(String url) {
		assertThat(MySqlUrl.hosts(url)).isEqualTo("the server");
	}

	@Test
	void noUrlNamesTheServer() {
		assertThat(MySqlUrl.hosts(null)).isEqualTo("the server");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db/shop", "jdbc:mariadb://db:3307/shop?user=me", "jdbc:mysql:///shop",
			"jdbc:mysql://(host=a,port=1)/shop" })
	void oneHostIsNoChoiceOfTheDriver(String url) {
		assertThat(MySqlUrl.isOfOneHost(url)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://a,b/shop", "jdbc:mysql:replication://a,b/shop",
			"jdbc:mysql:replication://a/shop", "jdbc:mysql:loadbalance://a/shop", "jdbc:mysql+srv://x.example.com/shop",
			"jdbc:mysql://[a:1,b:2]/shop", "jdbc:mariadb:replication://a/shop", "jdbc:mariadb:sequential://a/shop",
			"jdbc:p6spy:mysql://db/shop", "jdbc:aws-wrapper:mysql://db/shop" })
	void hostMayBeChosenByADriver(String url) {
		assertThat(MySqlUrl.isOfOneHost(url)).isFalse();
	}

	@Test
	void noUrlIsOfOneHost() {
		assertThat(MySqlUrl.isOfOneHost(null)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://admin:secret@db:3307/shop", "jdbc:mysql://admin@db/shop?password=secret",
			"jdbc:mysql://admin:sec@secret@db/shop", "jdbc:mysql://admin:secret@a,admin:secret@b:2/shop",
			"jdbc:mysql://admin:secret@[a:1,b:2]/shop", "jdbc:mysql://(user=admin,password=secret,host=db)/shop",
			"jdbc:mysql://(host=db,port=1,user=admin,password=secret)/shop",
			"jdbc:mysql://address=(host=db)(port=1)(user=admin)(password=secret)/shop",
			"jdbc:mysql://address=(user=admin)(password=sec,secret)(host=a)(port=1),address=(host=b)(password=secret)/s",
			"jdbc:mariadb://address=(type=primary)(host=db)(user=admin)(password=secret)/shop" })
	void hostsShowNoCredentials(String url) {
		assertThat(MySqlUrl.hosts(url)).doesNotContain("admin", "secret").isNotEqualTo("the server");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://address=(port=3307)(user=admin)(password=secret)/shop",
			"jdbc:mysql://(port=3307,user=admin,password=secret)/shop",
			"jdbc:mysql://address=(protocol=pipe)(user=admin)(password=secret)(path=/tmp/x)(host=db)/shop" })
	void addressWithoutAHostShowsNoCredentials(String url) {
		assertThat(MySqlUrl.hosts(url)).doesNotContain("admin", "secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://admin:secret/x@db/shop", "jdbc:mysql://admin:secret?x@db/shop",
			"jdbc:mysql://admin:secret,x@db/shop", "jdbc:mysql://address=(password=secret)(user=admin" })
	void urlTheDriverWouldNotUnderstandShowsNoCredentials(String url) {
		assertThat(MySqlUrl.hosts(url)).doesNotContain("admin", "secret");
	}

}
