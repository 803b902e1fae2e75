package io.github.connectionguard.neighbours.library;

import java.util.Arrays;
import java.util.List;

import io.github.connectionguard.neighbours.Visit;

/**
 * The rows of the table that all cases write to.
 */
final class Lines {

	private static final String NAMES = "SELECT name FROM line ORDER BY id";

	private Lines() {
	}

	/**
	 * Return what is committed, and leave nothing to the next case.
	 */
	static List<String> of(Visit visit) {
		List<String> names = visit.rows(NAMES);
		visit.others().update("DELETE FROM line");
		return names;
	}

	/**
	 * Return how a transcript tells of rows.
	 */
	static List<String> seen(String... names) {
		return List.of("others see " + Arrays.toString(names) + " by " + NAMES);
	}

}
