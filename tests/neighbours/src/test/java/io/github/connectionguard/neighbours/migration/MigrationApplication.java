package io.github.connectionguard.neighbours.migration;

import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application whose tables are made by migrations.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(MigrationApplication.MigrationController.class)
class MigrationApplication {

	@RestController
	static class MigrationController {

		private final Flyway flyway;

		private final SpringLiquibase liquibase;

		private final JdbcTemplate jdbc;

		MigrationController(Flyway flyway, SpringLiquibase liquibase, JdbcTemplate jdbc) {
			this.flyway = flyway;
			this.liquibase = liquibase;
			this.jdbc = jdbc;
		}

		@PostMapping("/flyway")
		String flyway() {
			this.jdbc.update("INSERT INTO by_flyway (name) VALUES ('bare')");
			int executed = Flyway.configure()
				.configuration(this.flyway.getConfiguration())
				.locations("classpath:migrations/flyway", "classpath:migrations/flyway-later")
				.load()
				.migrate().migrationsExecuted;
			this.jdbc.update("INSERT INTO by_flyway (name) VALUES ('bare')");
			return executed + " executed";
		}

		@PostMapping("/liquibase")
		String liquibase() throws LiquibaseException {
			this.jdbc.update("INSERT INTO by_liquibase (name) VALUES ('bare')");
			SpringLiquibase later = new SpringLiquibase();
			later.setDataSource(this.liquibase.getDataSource());
			later.setResourceLoader(new org.springframework.core.io.DefaultResourceLoader());
			later.setChangeLog("classpath:migrations/liquibase-later.sql");
			later.afterPropertiesSet();
			this.jdbc.update("INSERT INTO by_liquibase (name) VALUES ('bare')");
			return "updated";
		}

	}

}
