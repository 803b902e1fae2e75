package io.github.connectionguard.sharding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.shardingsphere.driver.api.yaml.YamlShardingSphereDataSourceFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/**
 * An application with a table in two databases.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ShardedApplication {

	private static final String POOL = """
			  %s:
			    dataSourceClassName: com.zaxxer.hikari.HikariDataSource
			    driverClassName: com.mysql.cj.jdbc.Driver
			    jdbcUrl: %s
			    username: %s
			    password: %s
			""";

	private static final String RULES = """
			rules:
			- !SHARDING
			  tables:
			    line:
			      actualDataNodes: pool_${0..1}.line
			      databaseStrategy:
			        standard:
			          shardingColumn: id
			          shardingAlgorithmName: parity
			  shardingAlgorithms:
			    parity:
			      type: INLINE
			      props:
			        algorithm-expression: pool_${id % 2}
			""";

	/**
	 * With the pools as beans.
	 */
	@Configuration(proxyBeanMethods = false)
	@Profile("beans")
	static class Beans {

		@Bean(defaultCandidate = false)
		HikariDataSource first(Environment environment) {
			return pool(environment, "server.first");
		}

		@Bean(defaultCandidate = false)
		HikariDataSource second(Environment environment) {
			return pool(environment, "server.second");
		}

		@Bean
		@Primary
		DataSource sharded(@Qualifier("first") DataSource first, @Qualifier("second") DataSource second)
				throws SQLException, IOException {
			return YamlShardingSphereDataSourceFactory.createDataSource(Map.of("pool_0", first, "pool_1", second),
					RULES.getBytes(StandardCharsets.UTF_8));
		}

		private static HikariDataSource pool(Environment environment, String url) {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(environment.getRequiredProperty(url));
			pool.setUsername(environment.getRequiredProperty("server.username"));
			pool.setPassword(environment.getProperty("server.password"));
			pool.setMaximumPoolSize(2);
			return pool;
		}

	}

	/**
	 * With the pools in ShardingSphere's own configuration.
	 */
	@Configuration(proxyBeanMethods = false)
	@Profile("inside")
	static class Inside {

		@Bean
		DataSource sharded(Environment environment) throws SQLException, IOException {
			String yaml = "dataSources:\n" + pool(environment, "pool_0", "server.first")
					+ pool(environment, "pool_1", "server.second") + RULES;
			return YamlShardingSphereDataSourceFactory.createDataSource(yaml.getBytes(StandardCharsets.UTF_8));
		}

		private static String pool(Environment environment, String name, String url) {
			return POOL.formatted(name, environment.getRequiredProperty(url),
					environment.getRequiredProperty("server.username"),
					environment.getRequiredProperty("server.password"));
		}

	}

}
