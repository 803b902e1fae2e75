package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.Destination.Kind;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mariadb.jdbc.MariaDbDataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.UserCredentialsDataSourceAdapter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Destination}.
 */
class DestinationTests {

	private final HikariConfig config = new HikariConfig();

	@Test
	void poolWithoutAnythingMayBeToldLater() {
		assertThat(kind()).isEqualTo(Kind.UNSET);
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:mysql://db/shop, MYSQL", "jdbc:p6spy:mariadb://db/shop, MYSQL", "jdbc:h2:mem:x, ELSEWHERE",
			"jdbc:shardingsphere:classpath:shards.yaml, UNKNOWN" })
	void urlTells(String url, Kind kind) {
		this.config.setJdbcUrl(url);
		assertThat(kind()).isEqualTo(kind);
	}

	@Test
	void dataSourceOfADriverTellsHoweverItIsWrapped() {
		assertThat(kindOver(new MysqlDataSource())).isEqualTo(Kind.MYSQL);
		assertThat(kindOver(new DelegatingDataSource(new MysqlDataSource()))).isEqualTo(Kind.MYSQL);
		UserCredentialsDataSourceAdapter adapter = new UserCredentialsDataSourceAdapter();
		adapter.setTargetDataSource(new MariaDbDataSource());
		assertThat(kindOver(adapter)).isEqualTo(Kind.MYSQL);
	}

	@Test
	void urlOfADataSourceTells() {
		assertThat(kindOver(new DriverManagerDataSource("jdbc:mysql://db/shop"))).isEqualTo(Kind.MYSQL);
		assertThat(kindOver(new SingleConnectionDataSource("jdbc:mariadb://db/shop", true))).isEqualTo(Kind.MYSQL);
		assertThat(kindOver(new DriverManagerDataSource("jdbc:h2:mem:x"))).isEqualTo(Kind.ELSEWHERE);
		assertThat(kindOver(new DriverManagerDataSource())).isEqualTo(Kind.UNKNOWN);
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL("jdbc:h2:mem:x");
		assertThat(kindOver(h2)).isEqualTo(Kind.ELSEWHERE);
	}

	@Test
	void urlOfThePoolTellsWhatItsDataSourceDoesNot() {
		DataSource silent = new DelegatingDataSource();
		assertThat(kindOver(silent)).isEqualTo(Kind.UNKNOWN);
		assertThat(Destination.of(this.config).doubt()).contains(DelegatingDataSource.class.getName())
			.contains("set the pool's jdbc-url");
		this.config.setJdbcUrl("jdbc:mysql://db/shop");
		assertThat(kindOver(silent)).isEqualTo(Kind.MYSQL);
	}

	@Test
	void dataSourcesThatHoldEachOtherTellNothing() {
		DelegatingDataSource first = new DelegatingDataSource();
		first.setTargetDataSource(new DelegatingDataSource(first));
		assertThat(kindOver(first)).isEqualTo(Kind.UNKNOWN);
	}

	@Test
	void classOfADataSourceTellsByItsNameOrProperties() {
		assertThat(kindOf("com.mysql.cj.jdbc.MysqlDataSource", Map.of())).isEqualTo(Kind.MYSQL);
		assertThat(kindOf("some.Wrapper", Map.of())).isEqualTo(Kind.UNKNOWN);
		assertThat(kindOf("some.Wrapper", Map.of("jdbcUrl", "jdbc:mysql://db/shop"))).isEqualTo(Kind.MYSQL);
		assertThat(kindOf("some.Wrapper", Map.of("targetDataSourceClassName", "org.mariadb.jdbc.MariaDbDataSource")))
			.isEqualTo(Kind.MYSQL);
		assertThat(kindOf("some.Wrapper", Map.of("url", "jdbc:h2:mem:x"))).isEqualTo(Kind.ELSEWHERE);
	}

	@Test
	void jndiDoesNotTell() {
		this.config.setDataSourceJNDI("java:comp/env/jdbc/shop");
		assertThat(kind()).isEqualTo(Kind.UNKNOWN);
	}

	@Test
	void poolUnderAnotherGuardIsLeftToThat() {
		GuardedPools other = new GuardedPools(new PoolSettings(null, true, Duration.ofSeconds(1),
				Duration.ofSeconds(10), true, false, List.of(), null, false));
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl("jdbc:mysql://db/shop");
			other.guard("pool", pool);
			assertThat(Destination.of(pool).kind()).isEqualTo(Kind.ELSEWHERE);
		}
	}

	private Kind kindOver(DataSource dataSource) {
		this.config.setDataSource(dataSource);
		return kind();
	}

	private Kind kindOf(String className, Map<String, String> properties) {
		HikariConfig own = new HikariConfig();
		own.setDataSourceClassName(className);
		properties.forEach(own::addDataSourceProperty);
		return Destination.of(own).kind();
	}

	private Kind kind() {
		return Destination.of(this.config).kind();
	}

}
