package io.github.connectionguard.neighbours.security;

import javax.sql.DataSource;

import jakarta.servlet.DispatcherType;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authorization.SpringAuthorizationEventPublisher;
import org.springframework.security.authorization.event.AuthorizationDeniedEvent;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.provisioning.JdbcUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.transaction.annotation.Transactional;

/**
 * An application whose users and remember-me tokens are in its database, which also notes
 * every login and every call that is refused.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableMethodSecurity
@Import({ AccountController.class, SecurityApplication.Audit.class })
class SecurityApplication {

	@Bean
	SecurityFilterChain filters(HttpSecurity http, PersistentTokenRepository tokens) {
		http.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers("/api/**")
			.permitAll()
			.anyRequest()
			.authenticated());
		http.csrf(AbstractHttpConfigurer::disable);
		http.formLogin((login) -> login.defaultSuccessUrl("/home"));
		http.rememberMe((rememberMe) -> rememberMe.tokenRepository(tokens).key("key"));
		return http.build();
	}

	@Bean
	JdbcUserDetailsManager users(DataSource dataSource) {
		return new JdbcUserDetailsManager(dataSource);
	}

	@Bean
	JdbcTokenRepositoryImpl tokens(DataSource dataSource) {
		JdbcTokenRepositoryImpl tokens = new JdbcTokenRepositoryImpl();
		tokens.setDataSource(dataSource);
		return tokens;
	}

	@Bean
	AuthenticationManager authenticationManager(AuthenticationConfiguration configuration) {
		return configuration.getAuthenticationManager();
	}

	@Bean
	SpringAuthorizationEventPublisher authorizationEvents(ApplicationEventPublisher events) {
		return new SpringAuthorizationEventPublisher(events);
	}

	/**
	 * What is noted in the transaction of the listener, which comes first, as it would
	 * commit what was written before.
	 */
	static class Audit {

		private final JdbcTemplate jdbc;

		Audit(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@EventListener
		@Order(1)
		@Transactional
		void keep(AbstractAuthenticationFailureEvent event) {
			note("kept login of " + event.getAuthentication().getName());
		}

		@EventListener
		@Order(2)
		void refused(AbstractAuthenticationFailureEvent event) {
			note("login of " + event.getAuthentication().getName());
		}

		@EventListener
		@Order(1)
		@Transactional
		void keep(AuthorizationDeniedEvent<?> event) {
			note("kept call by " + event.getAuthentication().get().getName());
		}

		@EventListener
		@Order(2)
		void denied(AuthorizationDeniedEvent<?> event) {
			note("call by " + event.getAuthentication().get().getName());
		}

		private void note(String text) {
			this.jdbc.update("INSERT INTO audit (text) VALUES (?)", text);
		}

	}

}
