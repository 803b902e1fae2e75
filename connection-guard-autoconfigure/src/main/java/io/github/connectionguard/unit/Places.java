package io.github.connectionguard.unit;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.statement.StatementExchanges;
import io.github.connectionguard.transaction.WorkInProgress;
import org.jspecify.annotations.Nullable;

/**
 * Places in the code of an application that something is told of, once each. Thread-safe.
 */
final class Places {

	private static final int MOST = 1000;

	/**
	 * Code of others that borrows on behalf of an application.
	 */
	private static final List<String> LIBRARIES = List.of("com.zaxxer.", "org.springframework.", "java.", "jdk.",
			"sun.");

	private final List<String> goBetweens;

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	/**
	 * Create places of which none was told.
	 * @param surroundings what is around units, in a package that borrows for others as
	 * well
	 */
	Places(Surroundings surroundings) {
		Stream<String> own = Stream
			.of(PhysicalConnection.class, StatementExchanges.class, WorkInProgress.class, GuardedPools.class,
					Places.class, surroundings.getClass())
			.map((type) -> type.getPackageName() + ".");
		this.goBetweens = Stream.concat(own, LIBRARIES.stream()).toList();
	}

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
	@Nullable String of(@Nullable Throwable stack) {
		return (stack != null) ? place(stack) : null;
	}

	private String place(Throwable stack) {
		for (StackTraceElement frame : stack.getStackTrace()) {
			if (this.goBetweens.stream().noneMatch(frame.getClassName()::startsWith)) {
				return frame.toString();
			}
		}
		return stack.getStackTrace()[0].toString();
	}

}
