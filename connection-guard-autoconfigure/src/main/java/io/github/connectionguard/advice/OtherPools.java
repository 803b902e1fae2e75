package io.github.connectionguard.advice;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of Tomcat's, Commons', Druid's and other pools that HikariCP does not
 * have. Nothing says that they are ignored.
 */
final class OtherPools {

	private static final String PREFIX = "spring.datasource.";

	private static final String HIKARI = "hikari.";

	private static final Set<String> GROUPS = Set.of("tomcat", "dbcp2", "oracleucp", "druid", "c3p0");

	private static final Set<String> NAMES = Set.of("testonborrow", "testonconnect", "testonreturn", "testwhileidle",
			"validationquery", "validationquerytimeout", "validationinterval", "removeabandoned",
			"removeabandonedtimeout", "removeabandonedonborrow", "removeabandonedonmaintenance", "logabandoned",
			"maxactive", "maxtotal", "maxidle", "minidle", "initialsize", "maxwait", "maxwaitmillis",
			"timebetweenevictionrunsmillis", "minevictableidletimemillis", "numtestsperevictionrun", "maxage",
			"maxconnlifetimemillis", "jdbcinterceptors", "poolpreparedstatements", "maxopenpreparedstatements");

	private OtherPools() {
	}

	/**
	 * Find settings of other pools.
	 * @return their names, or those of whole groups, in order
	 */
	static List<String> settings(PoolConfiguration pool) {
		Stream<String> keys = pool.keys().stream().flatMap(OtherPools::setting);
		Stream<String> properties = pool.driverProperties()
			.keySet()
			.stream()
			.map(Object::toString)
			.filter(OtherPools::isName)
			.map((name) -> "data-source-properties." + name);
		return Stream.concat(keys, properties).distinct().sorted().toList();
	}

	private static Stream<String> setting(String key) {
		if (!key.startsWith(PREFIX)) {
			return Stream.empty();
		}
		String rest = key.substring(PREFIX.length());
		String group = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : "";
		if (GROUPS.contains(group)) {
			return Stream.of(PREFIX + group + ".*");
		}
		return isName(rest.startsWith(HIKARI) ? rest.substring(HIKARI.length()) : rest) ? Stream.of(key)
				: Stream.empty();
	}

	private static boolean isName(String name) {
		return NAMES.contains(name.replace("-", "").toLowerCase(Locale.ROOT));
	}

}
