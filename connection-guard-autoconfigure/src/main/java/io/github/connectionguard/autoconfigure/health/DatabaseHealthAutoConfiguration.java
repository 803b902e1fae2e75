package io.github.connectionguard.autoconfigure.health;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import io.github.connectionguard.autoconfigure.ConditionalOnMode;
import io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration;
import io.github.connectionguard.autoconfigure.ConnectionGuardProperties;
import io.github.connectionguard.autoconfigure.GuardBeans;
import io.github.connectionguard.datasource.ConnectionOrigin;
import io.github.connectionguard.health.DatabaseHealthIndicator;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthIndicatorProperties;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the health of the data sources under the name {@code db}, where
 * the guard answers for its pools and Spring Boot's indicator for every other data
 * source. Obeys the properties of {@link DataSourceHealthContributorAutoConfiguration},
 * which it stands in for.
 */
@AutoConfiguration(after = { ConnectionGuardAutoConfiguration.class, DataSourceAutoConfiguration.class },
		before = DataSourceHealthContributorAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(value = DataSource.class, name = GuardBeans.POOLS)
@ConditionalOnEnabledHealthIndicator("db")
@ConditionalOnMode(ConnectionGuardProperties.Mode.GUARD)
@ConditionalOnBooleanProperty(name = "connection-guard.health.replace-db", matchIfMissing = true)
@EnableConfigurationProperties(DataSourceHealthIndicatorProperties.class)
public final class DatabaseHealthAutoConfiguration {

	private final GuardedPools pools;

	private final DataSourcePoolMetadataProvider metadata;

	DatabaseHealthAutoConfiguration(GuardedPools pools, ObjectProvider<DataSourcePoolMetadataProvider> metadata) {
		this.pools = pools;
		this.metadata = new CompositeDataSourcePoolMetadataProvider(metadata.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean(name = { "dbHealthIndicator", "dbHealthContributor" })
	HealthContributor dbHealthContributor(ConfigurableListableBeanFactory beanFactory,
			DataSourceHealthIndicatorProperties properties) {
		Map<String, DataSource> dataSources = new LinkedHashMap<>(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, DataSource.class, false, true));
		if (properties.isIgnoreRoutingDataSources()) {
			dataSources.values().removeIf((dataSource) -> routing(dataSource) != null);
		}
		return (dataSources.size() == 1) ? contributor(dataSources.values().iterator().next())
				: CompositeHealthContributor.fromMap(dataSources, this::contributor);
	}

	private HealthContributor contributor(DataSource dataSource) {
		AbstractRoutingDataSource routing = routing(dataSource);
		if (routing != null) {
			Map<String, DataSource> targets = new LinkedHashMap<>();
			routing.getResolvedDataSources()
				.forEach((key, target) -> targets.put(Objects.toString(key, "unnamed"), target));
			return CompositeHealthContributor.fromMap(targets, this::contributor);
		}
		GuardedPool pool = ConnectionOrigin.current(dataSource, this.pools);
		return (pool != null) ? new DatabaseHealthIndicator(pool)
				: new DataSourceHealthIndicator(dataSource, validationQuery(dataSource));
	}

	private @Nullable String validationQuery(DataSource dataSource) {
		DataSourcePoolMetadata pool = this.metadata.getDataSourcePoolMetadata(dataSource);
		return (pool != null) ? pool.getValidationQuery() : null;
	}

	private static @Nullable AbstractRoutingDataSource routing(DataSource dataSource) {
		if (dataSource instanceof AbstractRoutingDataSource routing) {
			return routing;
		}
		try {
			return dataSource.isWrapperFor(AbstractRoutingDataSource.class)
					? dataSource.unwrap(AbstractRoutingDataSource.class) : null;
		}
		catch (SQLException ex) {
			return null;
		}
	}

}
