package io.github.connectionguard.mysql;

import org.jspecify.annotations.Nullable;

/**
 * What a statement may do, as far as its text tells. In doubt more than it does.
 */
public enum StatementKind {

	/**
	 * One statement that only reads, and locks nothing. What a view calls is not seen.
	 */
	READ,

	/**
	 * One statement that may write or lock rows. It takes part in a transaction; in
	 * auto-commit mode it leaves none open, and it never changes that mode.
	 */
	WRITE,

	/**
	 * One statement that changes what is stored where, such as tables. It may end a
	 * transaction, also if it fails, but begins none and never changes the auto-commit
	 * mode.
	 */
	DEFINITION,

	/**
	 * Anything else: what may begin or end a transaction, change the session, or is more
	 * than one statement.
	 */
	OTHER;

	private static final KnownKinds KNOWN = new KnownKinds();

	/**
	 * Tell what a statement may do.
	 * @param sql the text as it is given to the driver, {@code null} if that is for the
	 * driver to refuse
	 * @return its kind
	 */
	public static StatementKind of(@Nullable String sql) {
		return (sql != null) ? KNOWN.of(sql) : OTHER;
	}

}
