package io.github.connectionguard.data.jpa;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.data.RunningApplication;
import jakarta.servlet.DispatcherType;
import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.orm.jpa.support.OpenEntityManagerInViewFilter;

/**
 * An application over JPA with pages.
 */
@SpringBootApplication(exclude = { DataJdbcRepositoriesAutoConfiguration.class, JooqAutoConfiguration.class,
		MybatisAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
		ServletWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
class AuthorApplication {

	/**
	 * Opens the entity manager of a view before the session, as a filter of an
	 * application's own may.
	 */
	@Bean
	@ConditionalOnBooleanProperty("authors.own-view")
	FilterRegistrationBean<OpenEntityManagerInViewFilter> ownView() {
		FilterRegistrationBean<OpenEntityManagerInViewFilter> registration = new FilterRegistrationBean<>(
				new OpenEntityManagerInViewFilter());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
		return registration;
	}

	/**
	 * Start an application with two authors.
	 */
	static RunningApplication start(String... properties) throws SQLException {
		return RunningApplication.start(AuthorApplication.class,
				List.of("CREATE TABLE author (id BIGINT PRIMARY KEY, name VARCHAR(20))",
						"CREATE TABLE book (id BIGINT PRIMARY KEY, author_id BIGINT, title VARCHAR(20))",
						"INSERT INTO author VALUES (1, 'Ann'), (2, 'Bob')",
						"INSERT INTO book VALUES (1, 1, 'Sea'), (2, 1, 'Sky')"),
				Stream.concat(Stream.of("spring.jpa.hibernate.ddl-auto=none"), Stream.of(properties))
					.toArray(String[]::new));
	}

}
