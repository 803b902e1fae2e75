package io.github.connectionguard.autoconfigure;

import java.util.List;
import java.util.stream.StreamSupport;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * The names of the properties that are set for Spring Boot's data source. What Spring
 * Boot does not know of them, it ignores.
 */
final class DataSourceKeys {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("spring.datasource");

	private DataSourceKeys() {
	}

	/**
	 * Find the properties in an environment. Reads no value.
	 * @return their names, in lower case with dashes if they were given so
	 */
	static List<String> in(Environment environment) {
		return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.flatMap((source) -> ((IterableConfigurationPropertySource) source).stream())
			.filter(ROOT::isAncestorOf)
			.map(ConfigurationPropertyName::toString)
			.distinct()
			.toList();
	}

}
