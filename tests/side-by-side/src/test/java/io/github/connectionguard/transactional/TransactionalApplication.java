package io.github.connectionguard.transactional;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * An application with a pool as Spring Boot makes it, and a second one with a transaction
 * manager of its own.
 */
@SpringBootApplication(proxyBeanMethods = false)
class TransactionalApplication {

	@Bean(defaultCandidate = false)
	HikariDataSource secondPool(DataSourceProperties first, Environment environment) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(environment.getRequiredProperty("second.url"));
		pool.setUsername(first.getUsername());
		pool.setPassword(first.getPassword());
		pool.setMaximumPoolSize(2);
		return pool;
	}

	@Bean(defaultCandidate = false)
	JdbcTransactionManager second(@Qualifier("secondPool") HikariDataSource pool) {
		return new JdbcTransactionManager(pool);
	}

	@Bean(defaultCandidate = false)
	JdbcTemplate secondJdbc(@Qualifier("secondPool") HikariDataSource pool) {
		return new JdbcTemplate(pool);
	}

}
