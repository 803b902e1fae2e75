package io.github.connectionguard.sidebyside;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Requests that are to have the same effects with the starter and without.
 *
 * @param name what the case shows
 * @param requests what their handlers do, one after the other
 * @param difference what is meant to differ with the starter, or {@code null}
 */
record Case(String name, List<Handler> requests, @Nullable Difference difference) {

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What users are promised instead.
	 *
	 * @param reason why it differs
	 * @param transcript what is to be seen with the starter
	 */
	record Difference(String reason, String transcript) {

	}

}
