package io.github.connectionguard.neighbours;

import java.util.regex.Pattern;

/**
 * Texts without what changes from run to run.
 */
final class Constant {

	private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private static final Pattern HASH_CODE = Pattern.compile("@\\p{XDigit}{5,8}\\b");

	/**
	 * As WebFlux logs requests.
	 */
	private static final Pattern REQUEST = Pattern.compile("\\[\\p{XDigit}{4,8}-\\d+]");

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private Constant() {
	}

	static String text(String text) {
		return NUMBER.matcher(withoutIds(text)).replaceAll("#");
	}

	static String withoutIds(String text) {
		String withoutUuids = UUID.matcher(text).replaceAll("#");
		return REQUEST.matcher(HASH_CODE.matcher(withoutUuids).replaceAll("@#")).replaceAll("[#]");
	}

}
