package io.github.connectionguard.driver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a driver tells the server of whom its sessions are for, beside what the user has
 * it tell. It shows in {@code performance_schema.session_connect_attrs}, and MySQL's
 * {@code sys.processlist} has {@code program_name}.
 *
 * @param application the name of the application, or {@code null} if it has none
 * @param instance the name of this instance of it
 */
public record ConnectionAttributes(@Nullable String application, String instance) {

	private static final String PROPERTY = "connectionAttributes";

	private static final Pattern PARAMETER = Pattern.compile("([?&]" + PROPERTY + "=)([^&]*)",
			Pattern.CASE_INSENSITIVE);

	/**
	 * MySQL Connector/J takes this for none at all.
	 */
	private static final String NONE = "none";

	/**
	 * What else a value has could end it, for one of the drivers or in the URL.
	 */
	private static final Pattern UNSAFE = Pattern.compile("[^\\w.-]");

	/**
	 * The server keeps 512 bytes of all attributes together, as it comes.
	 */
	private static final int LONGEST = 64;

	/**
	 * Tell whether a URL leads to a driver that knows attributes.
	 * @param url the JDBC URL
	 * @return whether it does
	 */
	public static boolean isKnownTo(String url) {
		return url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:");
	}

	/**
	 * Add the attributes wherever a driver may look for them: to the property, and to the
	 * parameter of the URL if there is one. Which of them counts is up to the driver.
	 * @param url the JDBC URL
	 * @param properties the driver's properties, to which the attributes are added
	 * @param pool the name of the pool
	 * @return the URL to use in its place
	 */
	public String addTo(String url, Properties properties, String pool) {
		Map<String, String> own = own(pool);
		Matcher parameter = PARAMETER.matcher(url);
		boolean inUrl = parameter.find();
		String property = properties.getProperty(PROPERTY);
		if (property != null || !inUrl) {
			properties.setProperty(PROPERTY, with(own, (property != null) ? property : ""));
		}
		return inUrl ? parameter
			.replaceFirst((found) -> Matcher.quoteReplacement(found.group(1) + with(own, found.group(2)))) : url;
	}

	/**
	 * Return what the application is called in the attributes.
	 * @return the {@code program_name}, or {@code null} if it has none
	 */
	public @Nullable String programName() {
		return (this.application != null) ? safe(this.application) : null;
	}

	private Map<String, String> own(String pool) {
		Map<String, String> own = new LinkedHashMap<>();
		String program = programName();
		if (program != null) {
			own.put("program_name", program);
		}
		own.put("instance", safe(this.instance));
		own.put("pool", safe(pool));
		return own;
	}

	private static String safe(String value) {
		String safe = UNSAFE.matcher(value).replaceAll("_");
		return safe.substring(0, Math.min(safe.length(), LONGEST));
	}

	/**
	 * Add attributes to those the user has set, which count if their names are the same.
	 */
	private static String with(Map<String, String> own, String value) {
		if (value.equalsIgnoreCase(NONE)) {
			return value;
		}
		Set<String> known = Stream.of(decoded(value).split(","))
			.map((attribute) -> attribute.split(":", 2)[0].trim().toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
		Stream<String> added = own.entrySet()
			.stream()
			.filter((attribute) -> !known.contains(attribute.getKey()))
			.map((attribute) -> attribute.getKey() + ":" + attribute.getValue());
		return Stream.concat(Stream.of(value).filter((set) -> !set.isEmpty()), added).collect(Collectors.joining(","));
	}

	private static String decoded(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

}
