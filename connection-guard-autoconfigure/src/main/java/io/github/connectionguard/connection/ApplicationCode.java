package io.github.connectionguard.connection;

import java.util.List;
import java.util.Set;

/**
 * Tells an application's own code on a stack from what calls it and what it calls.
 */
public final class ApplicationCode {

	private static final List<String> LIBRARIES = List.of("com.zaxxer.", "jakarta.", "java.", "jdk.", "kotlin.",
			"org.springframework.", "sun.");

	private static final String ROOT = "io.github.connectionguard.";

	/**
	 * The guard's own packages that may be on a stack of an application.
	 */
	private static final Set<String> OWN = Set.of("connection", "driver", "hikari", "session", "statement",
			"transaction", "unit", "web");

	private ApplicationCode() {
	}

	/**
	 * Tell whether a frame may be the application's own. One of a library that nobody
	 * knows may be as well; proxies and lambdas, which have classes of their own, are
	 * not.
	 * @param frame a frame of a stack
	 * @return whether it may be
	 */
	public static boolean contains(StackTraceElement frame) {
		String name = frame.getClassName();
		return !name.contains("$$") && !name.contains("$Proxy") && LIBRARIES.stream().noneMatch(name::startsWith)
				&& !isOwn(name);
	}

	private static boolean isOwn(String name) {
		return name.startsWith(ROOT) && OWN.contains(name.substring(ROOT.length()).replaceFirst("\\..*", ""));
	}

}
