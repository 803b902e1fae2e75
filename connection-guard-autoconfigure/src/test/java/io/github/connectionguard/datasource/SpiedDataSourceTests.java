package io.github.connectionguard.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.session.SessionScopeAutoConfiguration;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for a data source that a test of the application spies on: the bean is a copy,
 * made when the pool had been put under guard.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = "connection-guard.eager=false")
@DirtiesContext
class SpiedDataSourceTests {

	@MockitoSpyBean
	private DataSource dataSource;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private GuardedPools pools;

	@Autowired
	private DatabaseSessionScope scope;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		TestServer server = TestServer.shared();
		String database = server.createDatabase();
		registry.add("spring.datasource.url", () -> server.jdbcUrl(database) + "&sessionVariables=wait_timeout=60");
		registry.add("spring.datasource.username", server::username);
		registry.add("spring.datasource.password", server::password);
		registry.add("spring.datasource.hikari.maximum-pool-size", () -> 2);
	}

	@Test
	void spyIsGuardedInThePlaceOfWhatItWasMadeFrom() throws SQLException {
		assertThat(Mockito.mockingDetails(this.dataSource).isSpy()).isTrue();
		assertThat(this.pools.pools()).extracting(GuardedPool::beanName).containsExactly("dataSource");
		assertThat(ConnectionOrigin.of(this.dataSource, this.pools).pool())
			.isSameAs(this.pools.pools().iterator().next());
		try (Connection connection = this.dataSource.getConnection()) {
			assertThat(connection.isValid(1)).isTrue();
		}
		assertThat(((HikariDataSource) this.dataSource).getMaxLifetime()).isEqualTo(54_000);
	}

	@Test
	void sessionsRunOnTheSpy() {
		this.jdbc.execute("CREATE TABLE line (name VARCHAR(20))");
		assertThatIllegalStateException().isThrownBy(() -> this.scope.run(() -> {
			this.jdbc.update("INSERT INTO line VALUES ('first')");
			throw new IllegalStateException();
		}));
		this.scope.run(() -> this.jdbc.update("INSERT INTO line VALUES ('second')"));
		assertThat(this.jdbc.queryForList("SELECT name FROM line", String.class)).isEqualTo(List.of("second"));
	}

	/**
	 * As to have a pool for another tenant from the settings of the first.
	 */
	@Test
	void copyThatNobodyHasGuardedLendsConnections() throws SQLException {
		try (HikariDataSource template = new HikariDataSource(); HikariDataSource copy = new HikariDataSource()) {
			HikariDataSource first = (HikariDataSource) this.dataSource;
			template.setJdbcUrl(first.getJdbcUrl());
			template.setUsername(first.getUsername());
			template.setPassword(first.getPassword());
			this.pools.guard("template", template);
			template.copyStateTo(copy);
			copy.setConnectionTimeout(2000);
			for (int lease = 0; lease < 2; lease++) {
				try (Connection connection = copy.getConnection()) {
					assertThat(connection.isValid(1)).isTrue();
				}
			}
			assertThat(copy.getHikariPoolMXBean().getActiveConnections()).isZero();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
			JdbcTemplateAutoConfiguration.class, ConnectionGuardAutoConfiguration.class,
			SessionScopeAutoConfiguration.class })
	static class Application {

	}

}
