package io.github.connectionguard.autoconfigure.endpoint;

import io.github.connectionguard.PoolCare;
import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.GuardBeans;
import io.github.connectionguard.endpoint.ConnectionGuardEndpoint;
import io.github.connectionguard.endpoint.ConnectionGuardEndpointWebExtension;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for {@link ConnectionGuardEndpoint}.
 */
@AutoConfiguration(after = ConnectionGuardAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(name = GuardBeans.CARE)
@ConditionalOnAvailableEndpoint(ConnectionGuardEndpoint.class)
@ImportRuntimeHints(ConnectionGuardEndpointHints.class)
@EnableConfigurationProperties(ConnectionGuardEndpointProperties.class)
public final class ConnectionGuardEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConnectionGuardEndpoint connectionGuardEndpoint(PoolCare care,
			ObjectProvider<SanitizingFunction> sanitizingFunctions, ConnectionGuardEndpointProperties properties) {
		return new ConnectionGuardEndpoint(care.pools(), care::pingIdle, sanitizingFunctions.orderedStream().toList(),
				properties.showValues());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(ConnectionGuardEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	ConnectionGuardEndpointWebExtension connectionGuardEndpointWebExtension(ConnectionGuardEndpoint endpoint,
			ConnectionGuardEndpointProperties properties, ObjectProvider<PathMapper> pathMappers) {
		String path = PathMapper.getRootPath(pathMappers.orderedStream().toList(), EndpointId.of("connectionguard"));
		return new ConnectionGuardEndpointWebExtension(endpoint, properties.showValues(), properties.roles(),
				path.substring(path.lastIndexOf('/') + 1));
	}

}
