package io.github.connectionguard.autoconfigure.web;

import io.github.connectionguard.autoconfigure.ConditionalOnMode;
import io.github.connectionguard.autoconfigure.ConnectionGuardProperties;
import io.github.connectionguard.autoconfigure.GuardBeans;
import io.github.connectionguard.autoconfigure.session.SessionScopeAutoConfiguration;
import io.github.connectionguard.session.Sessions;
import io.github.connectionguard.web.LeakFilter;
import io.github.connectionguard.web.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.GenericFilterBean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for what is observed of requests where the guard only reports.
 */
@AutoConfiguration(after = SessionScopeAutoConfiguration.class)
@ConditionalOnClass({ Filter.class, GenericFilterBean.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(name = GuardBeans.SESSIONS)
@ConditionalOnMode(ConnectionGuardProperties.Mode.REPORT_ONLY)
public final class ReportOnlyAutoConfiguration {

	@Bean
	FilterRegistrationBean<LeakFilter> connectionGuardLeakFilter(Sessions sessions) {
		FilterRegistrationBean<LeakFilter> registration = new FilterRegistrationBean<>(new LeakFilter(sessions));
		registration.setOrder(SessionFilter.ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
		return registration;
	}

}
