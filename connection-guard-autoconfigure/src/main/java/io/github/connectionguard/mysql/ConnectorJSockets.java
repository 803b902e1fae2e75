package io.github.connectionguard.mysql;

import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * Has MySQL Connector/J make sockets that can be looked at, where nothing speaks against
 * it.
 */
public final class ConnectorJSockets {

	private static final String PROPERTY = "socketFactory";

	private static final String FACTORY = "io.github.connectionguard.mysql.ChannelSocketFactory";

	private static final String DRIVER = "com.mysql.cj.jdbc.Driver";

	private ConnectorJSockets() {
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
		String reason = reasonAgainst(url, properties);
		if (reason == null) {
			properties.setProperty(PROPERTY, FACTORY);
		}
		return reason;
	}

	private static @Nullable String reasonAgainst(@Nullable String url, Properties properties) {
		if (url == null || !url.startsWith("jdbc:mysql://")) {
			return "the URL is not plainly MySQL Connector/J's";
		}
		if (MySqlUrl.hosts(url).indexOf(',') >= 0) {
			return "the URL has several hosts";
		}
		for (String own : new String[] { PROPERTY, "socksProxyHost", "namedPipePath", "protocol", "autoReconnect" }) {
			if (properties.containsKey(own) || MySqlUrl.parameter(url, own) != null) {
				return "the driver's property " + own + " is set";
			}
		}
		if (System.getProperty("socksProxyHost") != null) {
			return "the JVM uses a SOCKS proxy";
		}
		return isVisibleToDriver() ? null : "the driver cannot load the guard's classes";
	}

	private static boolean isVisibleToDriver() {
		try {
			ClassLoader own = ConnectorJSockets.class.getClassLoader();
			ClassLoader driver = Class.forName(DRIVER, false, own).getClassLoader();
			return Class.forName(FACTORY, false, driver) == ChannelSocketFactory.class;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
