package io.github.connectionguard.hikari;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DriverSource}.
 */
class DriverSourceTests {

	private final HikariConfig config = new HikariConfig();

	@Test
	void urlTellsWhereItLeads() {
		this.config.setJdbcUrl("jdbc:mysql://localhost/one");
		assertThat(isMySql()).isTrue();
		this.config.setJdbcUrl("jdbc:h2:mem:one");
		assertThat(isMySql()).isFalse();
	}

	@Test
	void dataSourceOfADriverTellsWhereItLeads() {
		this.config.setDataSource(new MysqlDataSource());
		assertThat(isMySql()).isTrue();
		this.config.setDataSource(new JdbcDataSource());
		assertThat(isMySql()).isFalse();
	}

	@Test
	void dataSourceOfSpringsTellsWhereItLeadsByItsUrl() {
		this.config.setDataSource(new DriverManagerDataSource("jdbc:mysql://localhost/one"));
		assertThat(isMySql()).isTrue();
		this.config.setDataSource(new SingleConnectionDataSource("jdbc:mariadb://localhost/one", true));
		assertThat(isMySql()).isTrue();
		this.config.setDataSource(new DriverManagerDataSource("jdbc:h2:mem:one"));
		assertThat(isMySql()).isFalse();
		this.config.setDataSource(new DriverManagerDataSource());
		assertThat(isMySql()).isFalse();
	}

	private boolean isMySql() {
		return DriverSource.of(this.config).isMySql(this.config);
	}

}
