package io.github.connectionguard.driver;

import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.connectionguard.mysql.MySqlUrl;
import org.jspecify.annotations.Nullable;

/**
 * Has the drivers make sockets that can be looked at, where nothing speaks against it.
 */
public enum DriverSockets {

	/**
	 * The sockets of MySQL Connector/J.
	 */
	CONNECTOR_J("jdbc:mysql://", "com.mysql.cj.jdbc.Driver", "ChannelSocketFactory",
			List.of("socksProxyHost", "namedPipePath", "protocol", "autoReconnect")),

	/**
	 * The sockets of MariaDB Connector/J.
	 */
	MARIADB("jdbc:mariadb://", "org.mariadb.jdbc.Driver", "MariaDbSocketFactory", List.of("localSocket", "pipe"));

	private static final String PROPERTY = "socketFactory";

	/**
	 * Drivers that hand all properties which are not their own to another one, and that
	 * driver's URL without their mark.
	 */
	private static final Pattern WRAPPERS = Pattern.compile("^jdbc:(?:(?:p6spy|otel|aws-wrapper):)+");

	/**
	 * With what the AWS wrapper may be told to exchange the driver's connection.
	 */
	private static final List<String> EXCHANGES = List.of("wrapperPlugins", "wrapperProfileName");

	private final String prefix;

	private final String driver;

	private final String factory;

	private final List<String> ownWays;

	DriverSockets(String prefix, String driver, String factory, List<String> ownWays) {
		this.prefix = prefix;
		this.driver = driver;
		this.factory = DriverSockets.class.getPackageName() + "." + factory;
		this.ownWays = ownWays;
	}

	/**
	 * Add the guard's socket factory to a driver's properties, unless the driver is
	 * another one, would exchange the socket underneath, or is told to reach the server
	 * in its own way.
	 * @param url the JDBC URL, or {@code null}
	 * @param properties the driver's properties, to which the factory is added
	 * @return the reason why nothing was added, or {@code null} if the factory was
	 */
	public static @Nullable String use(@Nullable String url, Properties properties) {
		for (DriverSockets sockets : values()) {
			if (url != null && WRAPPERS.matcher(url).replaceFirst("jdbc:").startsWith(sockets.prefix)) {
				String reason = sockets.reasonAgainst(url, properties);
				if (reason == null) {
					properties.setProperty(PROPERTY, sockets.factory);
				}
				return reason;
			}
		}
		return "the URL is not plainly one of MySQL's or MariaDB's Connector/J";
	}

	private @Nullable String reasonAgainst(String url, Properties properties) {
		if (MySqlUrl.hosts(url).indexOf(',') >= 0) {
			return "the URL has several hosts";
		}
		if (isSet(PROPERTY, url, properties)) {
			return "the driver's property " + PROPERTY + " is set";
		}
		for (String own : Stream.concat(this.ownWays.stream(), EXCHANGES.stream()).toList()) {
			if (isSet(own, url, properties)) {
				return "the driver's property " + own + " is set";
			}
		}
		if (System.getProperty("socksProxyHost") != null) {
			return "the JVM uses a SOCKS proxy";
		}
		return isVisibleToDriver() ? null : "the driver cannot load the guard's classes";
	}

	private static boolean isSet(String property, String url, Properties properties) {
		return properties.containsKey(property) || MySqlUrl.parameter(url, property) != null;
	}

	private boolean isVisibleToDriver() {
		try {
			ClassLoader own = DriverSockets.class.getClassLoader();
			ClassLoader loader = Class.forName(this.driver, false, own).getClassLoader();
			return Class.forName(this.factory, false, loader) == Class.forName(this.factory, false, own);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
