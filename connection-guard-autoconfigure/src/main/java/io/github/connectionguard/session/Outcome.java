package io.github.connectionguard.session;

import org.jspecify.annotations.Nullable;

/**
 * What a session has come to, as far as it got.
 *
 * @param failure what the handler, or the code in a scope, threw, whether or not an
 * exception handler dealt with it, or {@code null} if nothing was thrown
 * @param status the status of the response, or {@link #NO_STATUS} if there is none
 */
public record Outcome(@Nullable Throwable failure, int status) {

	/**
	 * The status where there is no response. Less than any other.
	 */
	public static final int NO_STATUS = 0;

}
