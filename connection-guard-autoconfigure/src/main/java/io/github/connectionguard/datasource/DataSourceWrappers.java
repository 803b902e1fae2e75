package io.github.connectionguard.datasource;

import java.lang.reflect.Field;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.ReflectionUtils;

/**
 * What lies behind data sources that wrap others. Only wrappers known to lend what their
 * one target lends are seen through where it is a matter of which connection somebody
 * gets: unwrapping proves nothing, as a router unwraps to whoever is current.
 */
final class DataSourceWrappers {

	/**
	 * Of datasource-proxy.
	 */
	private static final String PROXY_DATA_SOURCE = "net.ttddyy.dsproxy.support.ProxyDataSource";

	/**
	 * Of datasource-micrometer: the beginning of the name of its only advice.
	 */
	private static final String OBSERVATION_ADVICE = "net.ttddyy.observation.boot.SpringJdbcProxyFactory$$Lambda";

	private static final @Nullable Field READER = ReflectionUtils.findField(LazyConnectionDataSourceProxy.class,
			"readOnlyDataSource");

	private DataSourceWrappers() {
	}

	/**
	 * Return what a data source lends the connections of, as they are: itself, unless it
	 * is known to pass on what another lends.
	 */
	static DataSource source(DataSource dataSource) {
		DataSource current = dataSource;
		for (DataSource target = target(current); target != null; target = target(current)) {
			current = target;
		}
		return current;
	}

	private static @Nullable DataSource target(DataSource dataSource) {
		Class<?> type = dataSource.getClass();
		if (type == DelegatingDataSource.class || type == TransactionAwareDataSourceProxy.class
				|| (type == LazyConnectionDataSourceProxy.class && !mayHaveReader(dataSource))) {
			return ((DelegatingDataSource) dataSource).getTargetDataSource();
		}
		if (type.getName().equals(PROXY_DATA_SOURCE)) {
			return (DataSource) new BeanWrapperImpl(dataSource).getPropertyValue("dataSource");
		}
		return (dataSource instanceof Advised advised) ? observed(advised) : null;
	}

	private static @Nullable DataSource observed(Advised advised) {
		boolean onlyObserved = Stream.of(advised.getAdvisors())
			.map(Advisor::getAdvice)
			.allMatch((advice) -> advice.getClass().getName().startsWith(OBSERVATION_ADVICE));
		return (onlyObserved && advised.getTargetSource() instanceof SingletonTargetSource target
				&& target.getTarget() instanceof DataSource dataSource) ? dataSource : null;
	}

	private static boolean mayHaveReader(DataSource lazy) {
		return READER == null || !READER.trySetAccessible() || reader(lazy) != null;
	}

	private static @Nullable DataSource reader(DataSource lazy) {
		return (lazy instanceof LazyConnectionDataSourceProxy && READER != null && READER.trySetAccessible())
				? (DataSource) ReflectionUtils.getField(READER, lazy) : null;
	}

	/**
	 * Tell whether a data source is a HikariCP pool that lends what is in it. A subclass
	 * may do more to what it lends.
	 */
	static boolean isPool(DataSource dataSource) {
		try {
			return dataSource instanceof HikariDataSource
					&& dataSource.getClass().getMethod("getConnection").getDeclaringClass() == HikariDataSource.class;
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

	/**
	 * Describe a data source that is seen through no further.
	 */
	static String describe(DataSource dataSource) {
		String name = dataSource.getClass().getName();
		return (reader(dataSource) != null) ? name + " with a read-only data source" : name;
	}

	/**
	 * Find the pool behind a data source, of several the one that is current.
	 */
	static @Nullable HikariDataSource unwrap(DataSource dataSource) {
		return DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
	}

}
