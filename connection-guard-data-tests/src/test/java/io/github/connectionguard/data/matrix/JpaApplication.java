package io.github.connectionguard.data.matrix;

import java.util.EnumMap;
import java.util.Map;

import javax.sql.DataSource;

import jakarta.persistence.EntityManager;
import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * An application with a transaction manager for JPA, Spring Data JPA, and an open-in-view
 * as Spring Boot has it unless told otherwise.
 */
@EnableAutoConfiguration(exclude = { DataJdbcRepositoriesAutoConfiguration.class, JooqAutoConfiguration.class,
		MybatisAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
		ServletWebSecurityAutoConfiguration.class, ThymeleafAutoConfiguration.class,
		UserDetailsServiceAutoConfiguration.class })
@Import(WebConfiguration.class)
class JpaApplication {

	@Bean
	Ways ways(EntityManager entityManager, TransactionOperations transactions, JpaLineRepository repository,
			JdbcTemplate jdbc, DataSource dataSource) {
		Map<Way, Lines> lines = new EnumMap<>(Way.class);
		lines.put(Way.ENTITY_MANAGER, new EntityManagerLines(entityManager, transactions));
		lines.put(Way.JPA_REPOSITORY, new RepositoryLines<>(repository, JpaLine::new, repository::connectionId));
		lines.put(Way.JDBC_TEMPLATE, new TemplateLines(jdbc));
		lines.put(Way.RAW_CONNECTION, new RawLines(dataSource));
		lines.put(Way.OPEN_RAW_CONNECTION, new OpenRawLines(dataSource));
		return new Ways(lines);
	}

}
