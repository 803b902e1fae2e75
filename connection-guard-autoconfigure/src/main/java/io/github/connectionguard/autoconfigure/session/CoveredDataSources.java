package io.github.connectionguard.autoconfigure.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.github.connectionguard.autoconfigure.UnusableSettingException;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The data sources that the user wants sessions to cover.
 */
final class CoveredDataSources {

	private CoveredDataSources() {
	}

	/**
	 * Find data sources by name.
	 * @throws UnusableSettingException if a name is none of a data source
	 */
	static Map<String, DataSource> named(List<String> names, ListableBeanFactory beans) {
		Map<String, DataSource> found = new LinkedHashMap<>();
		for (String name : names) {
			if (!beans.containsBean(name) || !beans.isTypeMatch(name, DataSource.class)) {
				throw new UnusableSettingException(
						"In 'connection-guard.session.data-sources', '%s' is no data source.".formatted(name),
						"Give names of data source beans: %s."
							.formatted(String.join(", ", beans.getBeanNamesForType(DataSource.class))),
						null);
			}
			found.put(name, beans.getBean(name, DataSource.class));
		}
		return found;
	}

}
