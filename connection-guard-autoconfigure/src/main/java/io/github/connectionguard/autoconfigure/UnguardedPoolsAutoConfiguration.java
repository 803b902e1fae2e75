package io.github.connectionguard.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for a {@link ConnectionGuard} that guards nothing, so that an
 * application which has its pools made by one also runs where the guard is switched off.
 */
@AutoConfiguration(after = ConnectionGuardAutoConfiguration.class)
@ConditionalOnClass({ HikariDataSource.class, DataSourceUnwrapper.class })
@ConditionalOnMissingBean(value = ConnectionGuard.class, name = GuardBeans.CARE)
public final class UnguardedPoolsAutoConfiguration {

	@Bean
	ConnectionGuard connectionGuardOff() {
		return ConnectionGuard.builder().enabled(false).build();
	}

}
