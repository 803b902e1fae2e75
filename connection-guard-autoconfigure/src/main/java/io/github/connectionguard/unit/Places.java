package io.github.connectionguard.unit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.connectionguard.connection.ApplicationCode;
import org.jspecify.annotations.Nullable;

/**
 * Places in the code of an application that something is told of, once each. Thread-safe.
 */
final class Places {

	private static final int MOST = 1000;

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	/**
	 * Tell whether a place is to be told of, which it is once.
	 * @param stack how it was reached, or {@code null} for the place nobody knows
	 */
	boolean isNew(@Nullable Throwable stack) {
		String place = of(stack);
		return this.told.size() < MOST && this.told.add((place != null) ? place : "");
	}

	/**
	 * Return the place in the application's code.
	 * @param stack how it was reached, or {@code null} for the place nobody knows
	 * @return the first frame that is the application's own, or {@code null}
	 */
	static @Nullable String of(@Nullable Throwable stack) {
		return (stack != null) ? place(stack) : null;
	}

	private static String place(Throwable stack) {
		for (StackTraceElement frame : stack.getStackTrace()) {
			if (ApplicationCode.contains(frame)) {
				return frame.toString();
			}
		}
		return stack.getStackTrace()[0].toString();
	}

}
