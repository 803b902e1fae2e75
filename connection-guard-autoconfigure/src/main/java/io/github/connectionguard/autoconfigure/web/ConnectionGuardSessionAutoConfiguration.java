package io.github.connectionguard.autoconfigure.web;

import java.util.List;

import io.github.connectionguard.autoconfigure.ConditionalOnMode;
import io.github.connectionguard.autoconfigure.ConnectionGuardProperties;
import io.github.connectionguard.autoconfigure.GuardBeans;
import io.github.connectionguard.autoconfigure.UnusableSettingException;
import io.github.connectionguard.autoconfigure.session.SessionScopeAutoConfiguration;
import io.github.connectionguard.session.Sessions;
import io.github.connectionguard.web.EndOfDispatch;
import io.github.connectionguard.web.EntityManagerFilter;
import io.github.connectionguard.web.ExcludedPaths;
import io.github.connectionguard.web.HandlerFailureRecorder;
import io.github.connectionguard.web.HandlerSessionInterceptor;
import io.github.connectionguard.web.LostConnectionResolver;
import io.github.connectionguard.web.SessionFilter;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.orm.jpa.support.OpenEntityManagerInViewInterceptor;
import org.springframework.web.filter.GenericFilterBean;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the session around each request of a servlet application.
 */
@AutoConfiguration(after = SessionScopeAutoConfiguration.class,
		afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnClass({ Filter.class, GenericFilterBean.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(name = GuardBeans.SESSIONS)
@ConditionalOnMode(ConnectionGuardProperties.Mode.GUARD)
public final class ConnectionGuardSessionAutoConfiguration {

	@Bean
	ExcludedPaths connectionGuardExcludedPaths(ConnectionGuardProperties properties) {
		try {
			return ExcludedPaths.of(properties.getSession().getExcludePaths());
		}
		catch (IllegalArgumentException ex) {
			throw new UnusableSettingException("In 'connection-guard.session.exclude-paths', " + ex.getMessage() + ".",
					"Give path patterns within the application, such as '/static/**'.", ex);
		}
	}

	@Bean
	@ConditionalOnMissingFilterBean
	FilterRegistrationBean<SessionFilter> connectionGuardSessionFilter(Sessions sessions, ExcludedPaths excludedPaths) {
		FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(
				new SessionFilter(sessions, excludedPaths));
		registration.setOrder(SessionFilter.ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
		return registration;
	}

	/**
	 * Learns from Spring MVC what handlers want and throw.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HandlerExceptionResolver.class)
	static class HandlerConfiguration implements WebMvcConfigurer {

		@Bean
		HandlerFailureRecorder connectionGuardHandlerFailureRecorder() {
			return new HandlerFailureRecorder();
		}

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(new HandlerSessionInterceptor()).order(Ordered.HIGHEST_PRECEDENCE);
		}

		@Override
		public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
			LostConnectionResolver.addTo(resolvers);
		}

	}

	/**
	 * Learns when all filters have returned, where one may have bound an entity manager
	 * before the session. A container with a listener makes an event of every attribute
	 * of a request.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EntityManagerFactory.class)
	@ConditionalOnBean(EntityManagerFactory.class)
	static class EntityManagerConfiguration {

		@Bean
		ServletListenerRegistrationBean<EndOfDispatch> connectionGuardEndOfDispatch() {
			return new ServletListenerRegistrationBean<>(new EndOfDispatch());
		}

	}

	/**
	 * Has the entity manager of a view outlive the transactions of a session.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OpenEntityManagerInViewInterceptor.class)
	@ConditionalOnBean(OpenEntityManagerInViewInterceptor.class)
	@ConditionalOnProperty(name = "connection-guard.session.mode", havingValue = "transaction")
	static class OpenInViewConfiguration {

		@Bean
		@ConditionalOnMissingFilterBean
		FilterRegistrationBean<EntityManagerFilter> connectionGuardEntityManagerFilter(
				ObjectProvider<EntityManagerFactory> factory) {
			FilterRegistrationBean<EntityManagerFilter> registration = new FilterRegistrationBean<>(
					new EntityManagerFilter(factory::getObject));
			registration.setOrder(EntityManagerFilter.ORDER);
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
			return registration;
		}

	}

}
