package io.github.connectionguard.autoconfigure.metrics;

import io.github.connectionguard.PoolCare;
import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.GuardBeans;
import io.github.connectionguard.metrics.GuardMeters;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for {@link GuardMeters}, which Spring Boot binds to the registries.
 */
@AutoConfiguration(after = ConnectionGuardAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(value = MeterRegistry.class, name = GuardBeans.CARE)
public final class ConnectionGuardMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GuardMeters connectionGuardMeters(PoolCare care) {
		GuardMeters meters = new GuardMeters(care.pools());
		care.whenPoolsChange(meters::refresh);
		return meters;
	}

}
