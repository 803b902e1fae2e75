package io.github.connectionguard.mysql;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What stands between a driver and its server and speaks their protocol, as far as that
 * shows. What only passes bytes on, as HAProxy does, does not.
 */
public enum ServerProxy {

	/**
	 * Nothing shows.
	 */
	NONE_SEEN("none seen"),

	/**
	 * Gives its own name in the place of the server's {@code version_comment}, if asked
	 * in the words of the command line client ({@code MySQL_Session.cpp}).
	 */
	PROXYSQL("ProxySQL"),

	/**
	 * Greets with its own name after the version, as long as it has not learned or been
	 * given a version to show ({@code mariadb_client.cc}).
	 */
	MAXSCALE("MaxScale"),

	/**
	 * Greets with its own name after the version where it speaks before its server does,
	 * as when connections are shared ({@code classic_greeting_forwarder.cc}).
	 */
	MYSQL_ROUTER("MySQL Router"),

	/**
	 * Has a host name of a form of its own.
	 */
	RDS_PROXY("Amazon RDS Proxy"),

	/**
	 * Something: the session the server knows is not the one the driver logged in to.
	 */
	UNNAMED("a proxy");

	private static final Pattern RDS_PROXY_HOST = Pattern
		.compile("(?i)[^,]*\\.proxy-[\\w-]+\\.[\\w-]+\\.rds\\.amazonaws\\.com(?:\\.cn)?(?::\\d+)?");

	private final String description;

	ServerProxy(String description) {
		this.description = description;
	}

	/**
	 * Recognise a proxy.
	 * @param versionComment the {@code version_comment}, or {@code null} if it was not
	 * told
	 * @param greeting the version the driver was greeted with
	 * @param hosts the hosts of the URL with their ports
	 * @param direct whether the session the server knows is the one the driver logged in
	 * to; {@code true} if that is not known
	 * @return the proxy
	 */
	public static ServerProxy of(@Nullable String versionComment, String greeting, String hosts, boolean direct) {
		if ("(ProxySQL)".equals(versionComment)) {
			return PROXYSQL;
		}
		if (greeting.contains("-maxscale")) {
			return MAXSCALE;
		}
		if (greeting.endsWith("-router")) {
			return MYSQL_ROUTER;
		}
		if (RDS_PROXY_HOST.matcher(hosts).matches()) {
			return RDS_PROXY;
		}
		return direct ? NONE_SEEN : UNNAMED;
	}

	/**
	 * Return what it is called, for a sentence.
	 * @return the name of the product
	 */
	public String description() {
		return this.description;
	}

}
