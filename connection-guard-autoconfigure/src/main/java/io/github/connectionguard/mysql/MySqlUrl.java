package io.github.connectionguard.mysql;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A JDBC URL, as far as the guard has to understand it.
 */
public final class MySqlUrl {

	private static final Pattern MYSQL = Pattern
		.compile("^jdbc:(?:(?:tc|p6spy|otel|aws-wrapper):)*(?:mysql|mariadb)[:+].*", Pattern.DOTALL);

	private static final Pattern AUTHORITY = Pattern.compile("//([^/?]*)");

	private static final Pattern ONE_HOST = Pattern.compile("jdbc:(?:mysql|mariadb)://", Pattern.CASE_INSENSITIVE);

	private static final Pattern HOST_PROPERTY = Pattern.compile("(?:^|[(,])\\s*host=([^,()]+)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PORT_PROPERTY = Pattern.compile("\\bport=(\\d+)", Pattern.CASE_INSENSITIVE);

	/**
	 * A host as it may be shown. What else stands in its place could be credentials.
	 */
	private static final Pattern HOST = Pattern.compile("[\\w.-]+(?::\\d+)?|\\[[\\w:.%]+](?::\\d+)?");

	private static final String UNNAMED = "the server";

	/**
	 * Parameters of drivers that lead past the hosts.
	 */
	private static final List<String> ELSEWHERE = List.of("socketFactory", "localSocket", "pipe", "namedPipePath");

	private MySqlUrl() {
	}

	/**
	 * Tell whether a URL leads to MySQL or MariaDB, through whatever wrapping driver.
	 * @param url the JDBC URL, or {@code null}
	 * @return whether it does
	 */
	public static boolean matches(@Nullable String url) {
		return url != null && MYSQL.matcher(url).matches();
	}

	/**
	 * Return the hosts a URL names, for messages: no credentials, no properties.
	 * @param url the JDBC URL, or {@code null}
	 * @return the hosts with their ports, or {@code "the server"} if none is named
	 */
	public static String hosts(@Nullable String url) {
		var matcher = AUTHORITY.matcher((url != null) ? url : "");
		if (!matcher.find() || matcher.group(1).isEmpty()) {
			return UNNAMED;
		}
		return Arrays.stream(matcher.group(1).split(",(?![^()]*\\))"))
			.map(MySqlUrl::host)
			.collect(Collectors.joining(","));
	}

	/**
	 * Tell whether the hosts are where a URL leads to, and not something else that one of
	 * its parameters names.
	 * @param url the JDBC URL, or {@code null}
	 * @return whether they are
	 */
	public static boolean isLedByHosts(@Nullable String url) {
		return !hosts(url).contains(UNNAMED)
				&& ELSEWHERE.stream().allMatch((parameter) -> parameter(url, parameter) == null);
	}

	/**
	 * Tell whether a URL is one of a driver of MySQL or MariaDB that leads to a single
	 * host, by no choice of the driver.
	 * @param url the JDBC URL, or {@code null}
	 * @return whether it is
	 */
	public static boolean isOfOneHost(@Nullable String url) {
		return url != null && ONE_HOST.matcher(url).lookingAt() && !hosts(url).contains(",");
	}

	/**
	 * Return the value of a parameter of a URL.
	 * @param url the JDBC URL, or {@code null}
	 * @param name the parameter's name, in any case
	 * @return the value, or {@code null} if the URL does not have it
	 */
	public static @Nullable String parameter(@Nullable String url, String name) {
		String query = (url != null && url.indexOf('?') >= 0) ? url.substring(url.indexOf('?') + 1) : "";
		for (String parameter : query.split("&")) {
			int equals = parameter.indexOf('=');
			if (equals > 0 && parameter.substring(0, equals).equalsIgnoreCase(name)) {
				return parameter.substring(equals + 1);
			}
		}
		return null;
	}

	private static String host(String authority) {
		var host = HOST_PROPERTY.matcher(authority);
		if (host.find()) {
			var port = PORT_PROPERTY.matcher(authority);
			return host.group(1) + (port.find() ? ":" + port.group(1) : "");
		}
		String plain = authority.substring(authority.lastIndexOf('@') + 1);
		return HOST.matcher(plain).matches() ? plain : UNNAMED;
	}

}
