package io.github.connectionguard.data.matrix;

import java.util.EnumMap;
import java.util.Map;

import javax.sql.DataSource;

import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An application with Spring's transaction manager for JDBC, and Spring Data JDBC.
 */
@EnableAutoConfiguration(exclude = { DataJpaRepositoriesAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
		JooqAutoConfiguration.class, MybatisAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
		ServletWebSecurityAutoConfiguration.class, ThymeleafAutoConfiguration.class,
		UserDetailsServiceAutoConfiguration.class })
@Import(WebConfiguration.class)
class JdbcApplication {

	@Bean
	Ways ways(JdbcTemplate jdbc, JdbcClient client, JdbcAggregateOperations aggregates, JdbcLineRepository repository,
			DataSource dataSource) {
		Map<Way, Lines> lines = new EnumMap<>(Way.class);
		lines.put(Way.JDBC_TEMPLATE, new TemplateLines(jdbc));
		lines.put(Way.JDBC_CLIENT, new ClientLines(client));
		lines.put(Way.JDBC_AGGREGATE, new AggregateLines(aggregates, repository));
		lines.put(Way.JDBC_REPOSITORY,
				new RepositoryLines<>(repository, (name) -> new JdbcLine(null, name), repository::connectionId));
		lines.put(Way.RAW_CONNECTION, new RawLines(dataSource));
		lines.put(Way.OPEN_RAW_CONNECTION, new OpenRawLines(dataSource));
		return new Ways(lines);
	}

}
