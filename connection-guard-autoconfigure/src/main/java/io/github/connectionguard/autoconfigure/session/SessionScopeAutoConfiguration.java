package io.github.connectionguard.autoconfigure.session;

import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.ConnectionGuardProperties;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.session.RollbackPolicy;
import io.github.connectionguard.session.SessionScope;
import io.github.connectionguard.session.Sessions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the sessions of an application, with or without the web.
 */
@AutoConfiguration(after = ConnectionGuardAutoConfiguration.class)
@ConditionalOnClass(PlatformTransactionManager.class)
@ConditionalOnBean(GuardedPools.class)
public final class SessionScopeAutoConfiguration {

	@Bean
	Sessions sessions(ConnectionGuardProperties properties, GuardedPools pools,
			ObjectProvider<PlatformTransactionManager> transactionManager, ObjectProvider<RollbackPolicy> policy) {
		return new Sessions(properties.session().mode(), properties.session().reclaimLeaks(), pools,
				transactionManager::getIfUnique, policy.getIfUnique(() -> RollbackPolicy.STANDARD),
				properties.session().timeout());
	}

	@Bean
	SessionScope sessionScope(Sessions sessions) {
		return new SessionScope(sessions);
	}

}
