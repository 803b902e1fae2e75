package io.github.connectionguard.advice;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Compares versions as they are told.
 */
final class Versions {

	private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})*");

	private Versions() {
	}

	/**
	 * Tell whether a version comes before another one.
	 * @param version the version, with whatever follows its numbers
	 * @param other the numbers of the other one
	 * @return whether it does; one without numbers does not
	 */
	static boolean isBefore(String version, int... other) {
		var numbers = NUMBERS.matcher(version);
		return numbers.lookingAt() && Arrays
			.compare(Arrays.stream(numbers.group().split("\\.")).mapToInt(Integer::parseInt).toArray(), other) < 0;
	}

}
