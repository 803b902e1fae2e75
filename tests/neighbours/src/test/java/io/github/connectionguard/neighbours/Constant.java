package io.github.connectionguard.neighbours;

import java.util.regex.Pattern;

/**
 * Texts without what changes from run to run.
 */
final class Constant {

	private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private static final Pattern HASH_CODE = Pattern.compile("@\\p{XDigit}{5,8}\\b");

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private Constant() {
	}

	static String text(String text) {
		return NUMBER.matcher(withoutIds(text)).replaceAll("#");
	}

	static String withoutIds(String text) {
		return HASH_CODE.matcher(UUID.matcher(text).replaceAll("#")).replaceAll("@#");
	}

}
