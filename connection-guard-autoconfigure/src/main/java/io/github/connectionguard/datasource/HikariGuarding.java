package io.github.connectionguard.datasource;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Puts every HikariCP pool among an application's beans and inside them under guard, in
 * place: the bean stays the same object. Runs after properties and connection details
 * were applied to the bean, and before anything can start the pool. Remembers which beans
 * hold data sources, where pools may appear later. Thread-safe.
 */
public final class HikariGuarding implements BeanPostProcessor, PriorityOrdered {

	private static final Logger logger = LoggerFactory.getLogger(HikariGuarding.class);

	/**
	 * After {@code ConfigurationPropertiesBindingPostProcessor} (+1) and Boot's
	 * post-processors for {@code JdbcConnectionDetails} (+2).
	 */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 3;

	private final Supplier<GuardedPools> pools;

	/**
	 * By the names of the beans, of which one may stand for many objects.
	 */
	private final Map<String, Place> places = new ConcurrentHashMap<>();

	private final Set<HikariDataSource> awaited = ConcurrentHashMap.newKeySet();

	/**
	 * Create a post-processor.
	 * @param pools the registry, asked for only once there is a pool
	 */
	public HikariGuarding(Supplier<GuardedPools> pools) {
		this.pools = pools;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof HikariDataSource pool && !(bean instanceof Advised)) {
			this.pools.get().guard(beanName, pool);
		}
		return bean;
	}

	/**
	 * Meets products of factory beans, and pools inside of what is no pool.
	 */
	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (PoolSearch.isWorthwhile(bean)) {
			Map<HikariDataSource, String> found = PoolSearch.in(beanName, bean);
			if (found.isEmpty() && bean instanceof DataSource dataSource) {
				found = unwrap(beanName, dataSource);
			}
			if (!isMakingBeans(bean)) {
				found.forEach((pool, name) -> this.pools.get().guard(name, pool));
			}
			if (!(bean instanceof HikariDataSource)) {
				this.places.put(beanName, new Place(bean, found.isEmpty()));
			}
		}
		return bean;
	}

	/**
	 * Meet the data sources of contexts above, where this post-processor is none.
	 * @param parent the context right above
	 */
	public void meet(ListableBeanFactory parent) {
		BeanFactoryUtils.beansOfTypeIncludingAncestors(parent, DataSource.class, false, false)
			.forEach((name, dataSource) -> {
				postProcessBeforeInitialization(dataSource, name);
				postProcessAfterInitialization(dataSource, name);
			});
	}

	/**
	 * Tell whether a pool that a bean holds may be about to become one, and not be set up
	 * yet.
	 */
	private static boolean isMakingBeans(Object bean) {
		return AnnotatedElementUtils.hasAnnotation(bean.getClass(), Configuration.class);
	}

	private static Map<HikariDataSource, String> unwrap(String name, DataSource dataSource) {
		HikariDataSource pool = DataSourceWrappers.unwrap(dataSource);
		return (pool != null) ? Map.of(pool, name) : Map.of();
	}

	/**
	 * Look for pools that have come to where the beans keep data sources, and tell of
	 * data sources in which there are none. Asks nobody and waits for nothing.
	 * @return what puts each of them under guard, which may have to wait until somebody
	 * has started the pool
	 */
	public List<Runnable> findAddedPools() {
		Map<HikariDataSource, String> found = search();
		if (found.isEmpty()) {
			return List.of();
		}
		GuardedPools known = this.pools.get();
		List<Runnable> added = new ArrayList<>();
		found.forEach((pool, name) -> {
			if (!known.isKnown(pool) && this.awaited.add(pool)) {
				added.add(() -> guardAdded(known, name, pool));
			}
		});
		return added;
	}

	private Map<HikariDataSource, String> search() {
		PoolSearch search = new PoolSearch();
		this.places.values().removeIf((place) -> place.bean().get() == null);
		for (boolean dataSources : new boolean[] { true, false }) { // for their names'
																	// sake
			this.places.forEach((name, place) -> {
				Object bean = place.bean().get();
				if (bean != null && bean instanceof DataSource == dataSources) {
					search.add(name, bean);
					tellIfEmpty(name, place, bean);
				}
			});
		}
		return search.found();
	}

	private static void tellIfEmpty(String name, Place place, Object bean) {
		if (place.isToBeTold() && bean instanceof DataSource && PoolSearch.in(name, bean).isEmpty()) {
			logger.info(
					"No HikariCP pool has been found in the data source '{}' ({}) so far: pools that it has inside are "
							+ "guarded if they are beans, or made by ConnectionGuard",
					name, bean.getClass().getName());
		}
	}

	private void guardAdded(GuardedPools pools, String name, HikariDataSource pool) {
		try {
			pools.guardAdded(name, pool);
		}
		finally {
			this.awaited.remove(pool);
		}
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/**
	 * A bean that holds data sources, or may do so later.
	 *
	 * @param bean the bean, which is not kept from being forgotten
	 * @param untold whether nobody was told yet that no pool is in it
	 */
	private record Place(WeakReference<Object> bean, AtomicBoolean untold) {

		Place(Object bean, boolean empty) {
			this(new WeakReference<>(bean), new AtomicBoolean(empty && !(bean instanceof Advised)));
		}

		boolean isToBeTold() {
			return this.untold.getAndSet(false);
		}

	}

}
