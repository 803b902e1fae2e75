package io.github.connectionguard.session;

import org.jspecify.annotations.Nullable;

/**
 * What a request has come to, as far as it got.
 *
 * @param failure what the handler threw, whether or not an exception handler dealt with
 * it, or {@code null} if nothing was thrown
 * @param status the status of the response
 */
public record Outcome(@Nullable Throwable failure, int status) {

}
