package io.github.connectionguard.differential;

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application that guards a pool.
 */
final class PoolGuardingApplication implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final ConfigurableApplicationContext context;

	private final GuardedPool pool;

	PoolGuardingApplication(HikariDataSource pool) {
		this.context = new SpringApplicationBuilder(Guard.class).web(WebApplicationType.NONE)
			.initializers(
					(context) -> ((GenericApplicationContext) context).registerBean(HikariDataSource.class, () -> pool))
			.properties("connection-guard.eager=false", "spring.main.banner-mode=off")
			.run();
		this.pool = this.context.getBean(GuardedPools.class).pools().iterator().next();
	}

	/**
	 * Ping the connection as the guard does while it is held in quiet.
	 */
	void keepAlive() {
		this.pool.ledger().connections().forEach((connection) -> connection.wire().pings().keepAlive(PATIENCE));
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ConnectionGuardAutoConfiguration.class)
	static class Guard {

	}

}
