package io.github.connectionguard.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;
import io.github.connectionguard.hikari.GuardedPools;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnguardedPoolsAutoConfiguration}.
 */
class UnguardedPoolsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ConnectionGuardAutoConfiguration.class, UnguardedPoolsAutoConfiguration.class));

	@Test
	void guardOfTheApplicationIsTheOnlyOne() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ConnectionGuard.class)
			.doesNotHaveBean("connectionGuardOff"));
	}

	@Test
	void whereTheGuardIsOffPoolsAreMadeWithoutIt() {
		this.runner.withPropertyValues("connection-guard.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(GuardedPools.class);
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl("jdbc:mysql://never.invalid/opened");
			config.setInitializationFailTimeout(-1);
			try (HikariDataSource pool = context.getBean(ConnectionGuard.class).guard(config)) {
				assertThat(pool.getDataSource()).isNull();
			}
		});
	}

	@Test
	void thereIsNoneWithoutHikari() {
		this.runner.withClassLoader(new FilteredClassLoader(HikariDataSource.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("connectionGuardOff"));
	}

}
