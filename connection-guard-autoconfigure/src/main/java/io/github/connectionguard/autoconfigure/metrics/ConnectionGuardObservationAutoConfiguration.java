package io.github.connectionguard.autoconfigure.metrics;

import io.github.connectionguard.PoolCare;
import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.GuardBeans;
import io.github.connectionguard.metrics.ObservedEvents;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for {@link ObservedEvents}.
 */
@AutoConfiguration(after = ConnectionGuardAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(value = ObservationRegistry.class, name = GuardBeans.CARE)
public final class ConnectionGuardObservationAutoConfiguration {

	@Bean
	ObservedEvents connectionGuardObservedEvents(PoolCare care, ObservationRegistry registry) {
		ObservedEvents events = new ObservedEvents(registry);
		care.events().whenNoticed(events::happened);
		care.pools().units().whenEnded(events::ended);
		return events;
	}

}
