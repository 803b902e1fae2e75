package io.github.connectionguard.autoconfigure.web;

import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.ConnectionGuardProperties;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.session.RollbackPolicy;
import io.github.connectionguard.session.Sessions;
import io.github.connectionguard.web.HandlerFailureRecorder;
import io.github.connectionguard.web.NoSessionInterceptor;
import io.github.connectionguard.web.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the session around each request of a servlet application.
 */
@AutoConfiguration(after = ConnectionGuardAutoConfiguration.class)
@ConditionalOnClass({ Filter.class, OncePerRequestFilter.class, PlatformTransactionManager.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(GuardedPools.class)
public final class ConnectionGuardSessionAutoConfiguration {

	@Bean
	Sessions sessions(ConnectionGuardProperties properties, GuardedPools pools,
			ObjectProvider<PlatformTransactionManager> transactionManager, ObjectProvider<RollbackPolicy> policy) {
		return new Sessions(properties.session().mode(), properties.session().reclaimLeaks(), pools,
				transactionManager::getIfUnique, policy.getIfUnique(() -> RollbackPolicy.STANDARD));
	}

	@Bean
	@ConditionalOnMissingFilterBean
	FilterRegistrationBean<SessionFilter> sessionFilter(Sessions sessions) {
		FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(new SessionFilter(sessions));
		registration.setOrder(SessionFilter.ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
		return registration;
	}

	/**
	 * Learns from Spring MVC what handlers want and throw.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HandlerExceptionResolver.class)
	static class HandlerConfiguration {

		@Bean
		MappedInterceptor noSessionInterceptor() {
			return new MappedInterceptor(null, new NoSessionInterceptor());
		}

		@Bean
		HandlerFailureRecorder handlerFailureRecorder() {
			return new HandlerFailureRecorder();
		}

	}

}
