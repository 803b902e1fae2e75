package io.github.connectionguard.autoconfigure.health;

import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.GuardBeans;
import io.github.connectionguard.health.PoolsHealthContributor;
import io.github.connectionguard.hikari.GuardedPools;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for {@link PoolsHealthContributor}.
 */
@AutoConfiguration(after = ConnectionGuardAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(name = GuardBeans.POOLS)
@ConditionalOnEnabledHealthIndicator("connection-guard")
public final class ConnectionGuardHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "connectionGuardHealthIndicator", "connectionGuardHealthContributor" })
	PoolsHealthContributor connectionGuardHealthContributor(GuardedPools pools) {
		return new PoolsHealthContributor(pools);
	}

}
