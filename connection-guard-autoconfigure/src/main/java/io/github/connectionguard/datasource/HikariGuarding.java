package io.github.connectionguard.datasource;

import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPools;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Puts every HikariCP pool among an application's beans under guard, in place: the bean
 * stays the same object. Runs after properties and connection details were applied to the
 * bean, and before anything can start the pool.
 */
public final class HikariGuarding implements BeanPostProcessor, PriorityOrdered {

	/**
	 * After {@code ConfigurationPropertiesBindingPostProcessor} (+1) and Boot's
	 * post-processors for {@code JdbcConnectionDetails} (+2).
	 */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 3;

	private final Supplier<GuardedPools> pools;

	/**
	 * Create a post-processor.
	 * @param pools the registry, asked for only once there is a pool
	 */
	public HikariGuarding(Supplier<GuardedPools> pools) {
		this.pools = pools;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof HikariDataSource pool) {
			this.pools.get().guard(beanName, pool);
		}
		return bean;
	}

	/**
	 * Meets products of factory beans, and pools behind wrappers and routing data
	 * sources, which were not beans themselves.
	 */
	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof DataSource dataSource) {
			DataSourceWrappers.pools(beanName, dataSource)
				.forEach((pool) -> this.pools.get().guard(pool.getKey(), pool.getValue()));
		}
		return bean;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
