package io.github.connectionguard.neighbours.jpa;

import java.util.Objects;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.rest.core.annotation.HandleAfterCreate;
import org.springframework.data.rest.core.annotation.HandleBeforeCreate;
import org.springframework.data.rest.core.annotation.HandleBeforeDelete;
import org.springframework.data.rest.core.annotation.RepositoryEventHandler;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application with an entity that is exported.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableJpaRepositories
@EntityScan
@Import(StatelessController.class)
class AuthorApplication {

	@Bean
	AuthorEvents authorEvents(JdbcTemplate jdbc) {
		return new AuthorEvents(jdbc);
	}

	/**
	 * Notes what happens to authors, and refuses some of it.
	 */
	@RepositoryEventHandler
	public static class AuthorEvents {

		private final JdbcTemplate jdbc;

		AuthorEvents(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@HandleBeforeCreate
		public void beforeCreate(Author author) {
			note("before", author, "refused before");
		}

		@HandleAfterCreate
		public void afterCreate(Author author) {
			note("after", author, "refused after");
		}

		@HandleBeforeDelete
		public void beforeDelete(Author author) {
			note("before the end of", author, "kept");
		}

		private void note(String when, Author author, String refused) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", when + " " + author.getName());
			if (Objects.equals(author.getName(), refused)) {
				throw new IllegalStateException("No " + refused);
			}
		}

	}

}
