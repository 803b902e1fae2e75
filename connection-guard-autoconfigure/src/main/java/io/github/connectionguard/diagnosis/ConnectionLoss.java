package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What was known of a connection when its death was noticed.
 *
 * @param idle the time since the server last answered on it
 * @param age the time since it was opened
 * @param held whether code held it, rather than the pool
 * @param silent whether it was open as far as this end knew, but no answer came
 * @param reset whether it was reset, rather than closed in order
 * @param waitTimeout the session's {@code wait_timeout}, or {@code null} if it was never
 * read
 * @param idleTransaction how long the server let the session stay idle in a transaction,
 * or {@code null} if there was no limit, or it was never read
 * @param sqlState the SQLState of the failure, or {@code null} if there was none
 * @param vendorCode the server's error number, zero if there was none
 * @param ownEnd what this end did to it, or {@code null} if nothing
 */
public record ConnectionLoss(Duration idle, Duration age, boolean held, boolean silent, boolean reset,
		@Nullable Duration waitTimeout, @Nullable Duration idleTransaction, @Nullable String sqlState, int vendorCode,
		@Nullable OwnEnd ownEnd) {

}
