package io.github.connectionguard.autoconfigure;

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;
import io.github.connectionguard.GuardSettings;
import io.github.connectionguard.PoolCare;
import io.github.connectionguard.datasource.HikariGuarding;
import io.github.connectionguard.driver.ConnectionAttributes;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.hikari.PoolSettings;
import io.github.connectionguard.keepalive.KeepaliveSettings;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.NetworkLimit;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the guard of HikariCP pools to MySQL and MariaDB.
 */
@AutoConfiguration
@ConditionalOnClass({ HikariDataSource.class, DataSourceUnwrapper.class })
@Conditional(OnEnabledCondition.class)
@EnableConfigurationProperties(ConnectionGuardProperties.class)
public final class ConnectionGuardAutoConfiguration {

	@Bean
	static HikariGuarding connectionGuardHikariGuarding(ObjectProvider<GuardedPools> pools) {
		return new HikariGuarding(pools::getObject);
	}

	@Bean
	GuardLifecycle connectionGuardLifecycle(PoolCare care, HikariGuarding guarding, ApplicationContext context) {
		return new GuardLifecycle(care, guarding, context, context.containsLocalBean(GuardBeans.CARE));
	}

	/**
	 * The guard, of which there is one for all contexts of an application, as the pools
	 * of one are used by requests of another. It is in the first context that Spring Boot
	 * sets up.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(name = GuardBeans.CARE)
	static class CareConfiguration {

		@Bean(GuardBeans.CARE)
		PoolCare connectionGuardPoolCare(ConnectionGuardProperties properties, Environment environment) {
			Duration idle = properties.getNetworkIdleTimeout();
			boolean reportOnly = properties.getMode() == ConnectionGuardProperties.Mode.REPORT_ONLY;
			PoolSettings pools = new PoolSettings((idle != null) ? new NetworkLimit(idle, LimitSource.NETWORK) : null,
					properties.getKeepalive().isEnabled(), properties.getValidation().getTimeout(),
					properties.getValidation().getPingAfter(), properties.isDeferSessionState(), properties.isEager(),
					DataSourceKeys.in(environment), attributes(properties.getConnectionAttributes(), environment),
					reportOnly);
			KeepaliveSettings keepalive = new KeepaliveSettings(properties.getKeepalive().isEnabled() && !reportOnly,
					properties.getKeepalive().getMaxHold());
			return new PoolCare(new GuardSettings(pools, keepalive));
		}

		private static @Nullable ConnectionAttributes attributes(
				ConnectionGuardProperties.ConnectionAttributes settings, Environment environment) {
			return settings.isEnabled() ? new ConnectionAttributes(environment.getProperty("spring.application.name"),
					InstanceName.of(settings.getInstance(), environment)) : null;
		}

		@Bean(GuardBeans.POOLS)
		GuardedPools connectionGuardPools(PoolCare care) {
			return care.pools();
		}

		@Bean
		@ConditionalOnMissingBean
		ConnectionGuard connectionGuardOfPools(PoolCare care) {
			return new ConnectionGuard(care);
		}

	}

}
