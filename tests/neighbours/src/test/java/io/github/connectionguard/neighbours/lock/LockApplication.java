package io.github.connectionguard.neighbours.lock;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.DefaultLockingTaskExecutor;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.LockingTaskExecutor;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.jdbc.lock.LockRepository;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application that takes its turns by locks in its database.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableSchedulerLock(defaultLockAtMostFor = "10m")
@Import({ TurnController.class, TurnService.class, LockApplication.Lines.class })
class LockApplication {

	@Bean
	DefaultLockRepository lockRepository(DataSource dataSource) {
		return new DefaultLockRepository(dataSource);
	}

	@Bean
	JdbcLockRegistry lockRegistry(LockRepository repository) {
		return new JdbcLockRegistry(repository);
	}

	@Bean
	JdbcTemplateLockProvider lockProvider(DataSource dataSource) {
		return new JdbcTemplateLockProvider(dataSource);
	}

	@Bean
	LockingTaskExecutor lockingExecutor(LockProvider provider) {
		return new DefaultLockingTaskExecutor(provider);
	}

	static class Lines {

		private final JdbcTemplate jdbc;

		Lines(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		void write(String name) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
		}

		/**
		 * Return what another thread finds.
		 */
		List<String> found() {
			return CompletableFuture
				.supplyAsync(() -> this.jdbc.queryForList("SELECT name FROM line ORDER BY id", String.class))
				.join();
		}

	}

}
