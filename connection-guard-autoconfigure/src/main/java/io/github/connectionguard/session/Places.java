package io.github.connectionguard.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Places in the code of an application that something is told of, once each. Thread-safe.
 */
final class Places {

	private static final int MOST = 1000;

	/**
	 * Packages that borrow for others.
	 */
	private static final List<String> GO_BETWEENS = List.of("io.github.connectionguard.connection.",
			"io.github.connectionguard.hikari.", "io.github.connectionguard.session.", "com.zaxxer.",
			"org.springframework.", "java.", "jdk.", "sun.");

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	/**
	 * Tell whether a place is to be told of, which it is once.
	 * @param stack how it was reached, or {@code null} for the place nobody knows
	 */
	boolean isNew(@Nullable Throwable stack) {
		return this.told.size() < MOST && this.told.add((stack != null) ? place(stack) : "");
	}

	private static String place(Throwable stack) {
		for (StackTraceElement frame : stack.getStackTrace()) {
			if (GO_BETWEENS.stream().noneMatch(frame.getClassName()::startsWith)) {
				return frame.toString();
			}
		}
		return stack.getStackTrace()[0].toString();
	}

}
