package io.github.connectionguard.data.matrix;

import java.util.Locale;

/**
 * What a request may come to. Each writes a row, or two where that can tell more.
 */
enum RequestOutcome {

	OK,

	UNCHECKED,

	CHECKED,

	/**
	 * An exception that an exception handler answers with a 200.
	 */
	HANDLED_AS_SUCCESS,

	/**
	 * An exception that an exception handler answers with a 409.
	 */
	HANDLED_AS_CONFLICT,

	RETURNED_404,

	RETURNED_503,

	SEND_ERROR_409,

	SEND_ERROR_500,

	REDIRECT,

	FLUSH_THEN_THROW,

	/**
	 * The connection is killed after the write.
	 */
	COMMIT_FAILS,

	/**
	 * {@code DatabaseSessionScope.setRollbackOnly()}.
	 */
	ROLLBACK_ONLY,

	/**
	 * The row is written in a transaction of the application, marked rollback-only.
	 */
	ROLLBACK_ONLY_INSIDE,

	ASYNC_OK,

	ASYNC_THROWS,

	STREAM,

	/**
	 * A handler with {@code @NoSession} that throws.
	 */
	OPT_OUT;

	String path() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static RequestOutcome ofPath(String path) {
		return valueOf(path.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

	boolean isSentByTheContainer() {
		return switch (this) {
			case SEND_ERROR_409, SEND_ERROR_500, REDIRECT -> true;
			default -> false;
		};
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
