package io.github.connectionguard.autoconfigure.session;

import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.ConnectionGuardProperties;
import io.github.connectionguard.autoconfigure.GuardBeans;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.session.RollbackPolicy;
import io.github.connectionguard.session.SessionBeans;
import io.github.connectionguard.session.SessionSettings;
import io.github.connectionguard.session.Sessions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the sessions of an application, with or without the web. The
 * scope is there also where the guard is off, so that code that uses it goes on to work.
 */
@AutoConfiguration(after = ConnectionGuardAutoConfiguration.class)
@ConditionalOnClass(PlatformTransactionManager.class)
public final class SessionScopeAutoConfiguration {

	@Bean
	DatabaseSessionScope connectionGuardSessionScope(ObjectProvider<Sessions> sessions) {
		return new DatabaseSessionScope(sessions.getIfAvailable());
	}

	/**
	 * Sessions on guarded pools.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(name = GuardBeans.POOLS)
	static class SessionsConfiguration {

		/**
		 * The name of Spring Boot's bean, whose class need not be there.
		 */
		private static final String OPEN_IN_VIEW = "openEntityManagerInViewInterceptor";

		@Bean(GuardBeans.SESSIONS)
		Sessions connectionGuardSessions(ConnectionGuardProperties properties, GuardedPools pools,
				ApplicationContext beans, ObjectProvider<PlatformTransactionManager> managers,
				ObjectProvider<RollbackPolicy> policy) {
			ConnectionGuardProperties.Session session = properties.getSession();
			boolean reportOnly = properties.getMode() == ConnectionGuardProperties.Mode.REPORT_ONLY;
			return new Sessions(
					new SessionSettings(session.getMode(), session.isReclaimLeaks(), session.getTimeout(), reportOnly),
					pools,
					() -> new SessionBeans(managers.getIfUnique(), beans.containsBean(OPEN_IN_VIEW),
							beans instanceof ReactiveWebApplicationContext, managers::stream,
							CoveredDataSources.named(session.getDataSources(), beans)),
					policy.getIfUnique(() -> RollbackPolicy.STANDARD));
		}

	}

}
