package io.github.connectionguard.datasource;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.HeldDataSources;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * The way from a bean to all HikariCP pools inside: through whatever holds data sources,
 * be it a proxy, a router, a wrapper, a map, or a class of which nothing is known.
 */
final class PoolSearch {

	private final Map<HikariDataSource, String> found = new LinkedHashMap<>();

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	/**
	 * Tell whether pools may be inside a bean, now or later.
	 */
	static boolean isWorthwhile(Object bean) {
		return bean instanceof DataSource
				|| (!isGivenBeansOnly(bean.getClass().getName()) && HeldDataSources.mayBeIn(bean));
	}

	/**
	 * Tell whether a class is one of the hundreds of Spring's that are looked through in
	 * vain while an application starts: but for JDBC and JPA, they hold no data source
	 * that is not a bean, and so met as one.
	 */
	private static boolean isGivenBeansOnly(String type) {
		return type.startsWith("org.springframework.") && !type.startsWith("org.springframework.jdbc.")
				&& !type.startsWith("org.springframework.orm.");
	}

	/**
	 * Return the pools inside one bean.
	 */
	static Map<HikariDataSource, String> in(String name, Object bean) {
		PoolSearch search = new PoolSearch();
		search.add(name, bean);
		return search.found();
	}

	/**
	 * Return the pools that were found.
	 * @return the pools, each with a name that is made of that of the first bean to lead
	 * to it and of where the pool is in that
	 */
	Map<HikariDataSource, String> found() {
		return this.found;
	}

	/**
	 * Go on with a bean. Asks nobody and waits for nothing.
	 * @param name the name of the bean
	 */
	void add(String name, Object place) {
		if (!this.seen.add(place)) {
			return;
		}
		if (place instanceof Advised) {
			addTarget(name, place);
		}
		else if (place instanceof HikariDataSource pool) {
			this.found.put(pool, name);
		}
		else {
			HeldDataSources.in(place)
				.forEach((held) -> add(HeldDataSources.dotted(name, held.getKey()), held.getValue()));
		}
	}

	private void addTarget(String name, Object proxy) {
		if (AopProxyUtils.getSingletonTarget(proxy) instanceof DataSource target) {
			add(name, target);
		}
	}

}
